/// Deciding an outcome: two-phase commit as logic, and the driver that carries it out.
@NullMarked
package io.quorate.txn.commit;

import org.jspecify.annotations.NullMarked;
