package io.quorate.tso.meta;

import io.quorate.common.env.NodeId;
import io.quorate.tso.api.Timestamp;

/// One entry of the oracle's Raft log. Each is answered by the [MetaResult] named in its comment.
public sealed interface MetaCommand {
    /// The leader may hand out timestamps up to this millisecond. Answered by
    /// [MetaResult.LimitRaised].
    record RaiseLimit(long limitMillis) implements MetaCommand {}

    /// Answered by [MetaResult.Ids].
    record AllocateIds(int count) implements MetaCommand {}

    /// Answered by [MetaResult.LeaseGranted] or [MetaResult.LeaseRefused].
    record GrantLease(NodeId node, long version, Timestamp until) implements MetaCommand {}

    /// Forbids leases below `version`. `now` was handed out by the oracle: leases that ended before it
    /// are gone. Answered by [MetaResult.OldLeases].
    record RaiseMinimumVersion(long version, Timestamp now) implements MetaCommand {}

    /// Answered by [MetaResult.Released].
    record ReleaseLeases(NodeId node, long belowVersion) implements MetaCommand {}
}
