/// The mutation buffer.
@NullMarked
package io.quorate.txn.buffer;

import org.jspecify.annotations.NullMarked;
