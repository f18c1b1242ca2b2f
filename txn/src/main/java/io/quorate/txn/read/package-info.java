/// Reading a snapshot, point by point and by cursor, with the transaction's own writes on top.
@NullMarked
package io.quorate.txn.read;

import org.jspecify.annotations.NullMarked;
