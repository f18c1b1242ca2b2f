/// Versions and locks: how they lie in the engine, and how they are read.
///
/// Three families hold the data of a key. LOCK: the key as it is, to its one [LockRecord]. WRITE: the
/// key and a commit timestamp, newest first, to a [WriteRecord], which says what the transaction with
/// a certain start timestamp did to the key. DEFAULT: the key and a start timestamp, to a value too
/// long to stand in the record itself.
@NullMarked
package io.quorate.region.mvcc;

import org.jspecify.annotations.NullMarked;
