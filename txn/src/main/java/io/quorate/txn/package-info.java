/// The coordinator of transactions: Percolator's two-phase commit over the regions, with pessimistic
/// locks as PostgreSQL's users expect them.
///
/// [Transactions] assembles the parts: `buffer` keeps a transaction's writes, `read` reads its
/// snapshot, `lock` settles the locks met on the way and takes those it needs, `commit` decides the
/// outcome, `call` talks to regions. The protocol is transactions.md §2.
@NullMarked
package io.quorate.txn;

import org.jspecify.annotations.NullMarked;
