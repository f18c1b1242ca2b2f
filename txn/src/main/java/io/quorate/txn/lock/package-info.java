/// Locks: settling those of others, taking our own, and finding deadlocks.
@NullMarked
package io.quorate.txn.lock;

import org.jspecify.annotations.NullMarked;
