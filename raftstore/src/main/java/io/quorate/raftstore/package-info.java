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
/// Snapshots are not built yet. A replica catches up from the log alone, so the log is kept as far
/// back as any voter may need it: a voter that is away for good holds up its purging.
@NullMarked
package io.quorate.raftstore;

import org.jspecify.annotations.NullMarked;
