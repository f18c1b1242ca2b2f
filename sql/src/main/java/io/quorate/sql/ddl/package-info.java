/// Changing the schema while other nodes use it.
///
/// Every node holds one [io.quorate.sql.catalog.Schema] and a lease on its version, in the oracle's
/// time: a transaction that writes commits at a timestamp inside the lease of the version its tables
/// were bound by, or not at all. A change writes descriptors and the next version in one
/// transaction, having locked the version's row, so changes come one after the other; it commits only
/// when no node holds a lease below the current version, so at most two adjacent versions are live.
///
/// Two adjacent versions of a *changed* table must not both write to it (one would drop the other's
/// new column, or write to an index that is gone). So a change to an existing table takes two steps:
/// one version in which its writes are blocked, the next with the change. If the node that blocked it
/// dies, the first writer to wait long enough unblocks it: the lock on the version's row tells that
/// nobody is at it any more.
@NullMarked
package io.quorate.sql.ddl;

import org.jspecify.annotations.NullMarked;
