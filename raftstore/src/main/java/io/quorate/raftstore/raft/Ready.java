package io.quorate.raftstore.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work for the driver, taken with [Raft#ready()]. Every field may be empty or null.
///
/// The fields to write (`snapshot`, then `entries`, with `hardState`) become durable together or in
/// that order; `entries` may overlap entries written before, which they replace together with
/// everything that followed. Writes of later Readys come after those of earlier ones.
///
/// @param softState leader and role, when either changed since the last Ready
/// @param hardState the state to write, when it changed since the last Ready
/// @param snapshot to install in place of the whole log; then [Raft#snapshotDurable(long)].
///   Committed entries handed out earlier are applied, or dropped, before it is installed
/// @param entries to append
/// @param messages to send at once; they promise nothing about this replica's disk
/// @param gated to send, in order, only when the writes of this and of all earlier Readys are
///   durable: they promise what was written. Those addressed to this replica itself (its own vote,
///   its own acknowledgement) go back into [Raft#step(Message)]
/// @param logMark to hand to [Raft#logDurable(long, long)] when the writes of this and of all
///   earlier Readys are durable; null when nothing is waiting to become durable
/// @param committed to apply, in order; then [Raft#applied(long)]
/// @param readStates reads that were confirmed
/// @param mustSync whether the writes need a sync: false where only the commit index moved
public record Ready(
        @Nullable SoftState softState,
        @Nullable HardState hardState,
        @Nullable Snapshot snapshot,
        List<Entry> entries,
        List<Message> messages,
        List<Message> gated,
        @Nullable LogMark logMark,
        List<Entry> committed,
        List<ReadState> readStates,
        boolean mustSync) {}
