/// Many Raft groups on one store: the driver that gives the pure core of
/// [io.quorate.raftstore.raft] its clock, disk, network and threads.
///
/// The way of a proposal: [io.quorate.raftstore.api.RaftGroup#propose] posts it to the group's
/// [RaftLoop], a thread that owns the core of every group of its shard. Each round the loop takes
/// what has arrived, steps the cores, and collects what they want done: messages go out at once, what
/// must become durable goes as one batch to the [LogWriter], which writes it together with other
/// batches and syncs once, and comes back to release the messages that promise it. Committed
/// entries go to an [Applier], which calls the state machine and completes the proposals.
///
/// So a thread waits for the disk in one place, the log writer, and while it does, the next batch
/// gathers. Nothing polls: a loop sleeps until something arrives or the next tick is due.
///
/// The log is purged up to what the state machine holds durably, and not for the sake of members that
/// lag too much ([LogRetention]). Those get the state itself: see
/// [io.quorate.raftstore.snapshot] for how it travels, and [ReplicaSnapshots] for how a replica is
/// replaced by it.
///
/// Members are changed by [io.quorate.raftstore.api.RaftGroup#changeMembers]. A store that is made a
/// member of a group it has nothing of hears its leader ([UnknownGroups]), joins, and takes part in
/// nothing until its first snapshot. One that left is told so ([FormerMembers]), destroys what it has,
/// and keeps a tombstone in the log, so that nothing older comes back.
@NullMarked
package io.quorate.raftstore;

import org.jspecify.annotations.NullMarked;
