package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.MemberChange;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.wire.RaftBatch;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import org.jspecify.annotations.Nullable;

/// What is posted to a [RaftLoop].
sealed interface LoopEvent {
    /// A group is to run here from now on.
    record Opened(Replica replica) implements LoopEvent {}

    record Proposed(
            Replica replica, long expectedTerm, ByteSlice data, Promise<ProposeResult> promise)
            implements LoopEvent {}

    record ReadAsked(Replica replica, Promise<ReadResult> promise) implements LoopEvent {}

    record MembersAsked(
            Replica replica, long expectedTerm, MemberChange change, Promise<ProposeResult> promise)
            implements LoopEvent {}

    record TransferAsked(Replica replica, NodeId target) implements LoopEvent {}

    /// Another store's messages; those for groups of other shards are passed over.
    record Received(RaftBatch batch) implements LoopEvent {}

    /// What the task holds is durable.
    record Written(WriteTask task) implements LoopEvent {}

    /// The state machine holds everything up to `appliedIndex`, and would still after a crash up to
    /// `durableIndex`.
    record Applied(Replica replica, long appliedIndex, long durableIndex) implements LoopEvent {}

    /// The picture of the state that was asked for; null if there is none now.
    record SnapshotTaken(Replica replica, @Nullable SnapshotSource source) implements LoopEvent {}

    /// Sending a snapshot ended.
    record SnapshotSent(Replica replica, long peer, boolean received) implements LoopEvent {}

    /// All of a snapshot lies on this node's disk.
    record SnapshotArrived(GroupId group, Message.InstallSnapshot install) implements LoopEvent {}

    /// The state machine was replaced, durably.
    record Installed(Replica replica, Key key) implements LoopEvent {}

    /// This node is no member of the group as of entry `index`.
    record Removed(GroupId group, long index) implements LoopEvent {}

    /// A member says that it knows nothing of the group.
    record NewcomerHeard(GroupId group, NodeId from) implements LoopEvent {}

    /// The state machine's data is gone.
    record MachineDestroyed(Replica replica) implements LoopEvent {}

    record Stop() implements LoopEvent {}
}
