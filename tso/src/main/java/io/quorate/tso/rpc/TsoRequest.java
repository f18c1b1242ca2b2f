package io.quorate.tso.rpc;

import io.quorate.common.env.NodeId;

/// What a node asks the oracle's leader. All may be asked again when no answer came: at worst
/// timestamps and ids are left out.
public sealed interface TsoRequest {
    /// `count` timestamps greater than all that were handed out before. Answered by
    /// [TsoReply.Timestamps].
    record GetTimestamps(int count) implements TsoRequest {}

    /// Answered by [TsoReply.Ids].
    record AllocateIds(int count) implements TsoRequest {}

    /// Answered by [TsoReply.LeaseGranted] or [TsoReply.LeaseRefused].
    record RenewSchemaLease(NodeId node, long version) implements TsoRequest {}

    /// Answered by [TsoReply.OldLeases].
    record RaiseMinimumSchemaVersion(long version) implements TsoRequest {}

    /// Answered by [TsoReply.Released].
    record ReleaseSchemaLeases(NodeId node, long belowVersion) implements TsoRequest {}
}
