package io.quorate.tso.api;

import io.quorate.common.env.NodeId;
import java.util.List;

/// What the cluster knows about itself, kept in the oracle's Raft group. Calls block, and throw
/// CANNOT_CONNECT_NOW when the group has no leader for too long.
public interface ClusterMeta {
    /// The first of `count` ids that nobody else will ever be given. Ids start at 16384, the first
    /// one PostgreSQL leaves to users.
    long allocateIds(int count);

    /// Renews this node's lease on a schema version. Refused if the version lies below the minimum.
    SchemaLease renewSchemaLease(long version);

    /// Forbids new leases below `version` and returns the nodes that still hold one, with its end. A
    /// schema change goes on only when the list is empty: each of these nodes took a lease on
    /// `version` or above and gave up the older one, or time passed its end.
    List<OldLease> raiseMinimumSchemaVersion(long version);

    /// This node uses no version below `version` any more.
    void releaseSchemaLeasesBelow(long version);

    /// Every node of the cluster.
    List<NodeId> nodes();

    /// The answer to a renewal.
    sealed interface SchemaLease {
        /// Transactions planned against the version may commit at timestamps up to `until`.
        record Granted(long version, Timestamp until) implements SchemaLease {}

        /// The version is too old: learn at least `minimumVersion`.
        record Refused(long minimumVersion) implements SchemaLease {}
    }

    record OldLease(NodeId node, long version, Timestamp until) {}
}
