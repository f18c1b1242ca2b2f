/// Talking to regions: grouping, retrying after borders moved, several at once, waiting in between.
@NullMarked
package io.quorate.txn.call;

import org.jspecify.annotations.NullMarked;
