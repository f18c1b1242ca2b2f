/// A transaction's own writes, with stages to take them back.
@NullMarked
package io.quorate.txn.buffer;

import org.jspecify.annotations.NullMarked;
