/// Transactions over the whole key space, as SQL uses them.
@NullMarked
package io.quorate.txn.api;

import org.jspecify.annotations.NullMarked;
