/// A node put together: Raft store, oracle, regions, transactions, SQL and the PostgreSQL port, over an
/// environment. The same assembly runs three to a process and one to a machine.
@NullMarked
package io.quorate.server.node;

import org.jspecify.annotations.NullMarked;
