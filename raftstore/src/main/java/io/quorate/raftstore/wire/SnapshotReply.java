package io.quorate.raftstore.wire;

/// What the receiver of a snapshot answers.
public sealed interface SnapshotReply {
    /// Everything before `offset` is durable here: go on from there.
    record Continue(long offset) implements SnapshotReply {}

    /// All of it is here and in the hands of the replica.
    record Received() implements SnapshotReply {}

    /// Not now. The sender gives up; the leader tries again if there is still need.
    record Refused(String why) implements SnapshotReply {}
}
