/// Transactions against a model of the regions, in a simulated world.
@NullMarked
package io.quorate.txn;

import org.jspecify.annotations.NullMarked;
