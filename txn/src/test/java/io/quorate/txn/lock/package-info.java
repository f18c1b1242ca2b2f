/// Deadlocks.
@NullMarked
package io.quorate.txn.lock;

import org.jspecify.annotations.NullMarked;
