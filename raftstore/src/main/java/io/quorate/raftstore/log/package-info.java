/// One log on disk for all Raft groups of a store.
///
/// A store makes the entries and hard states of all its groups durable with one write and one sync:
/// [RaftLog#write] takes a [LogBatch] and appends it as one record to the newest *segment* file. The
/// format is described in `docs/storage-format.md`.
///
/// **Torn or rotten?** A record that cannot be read back is either the torn end of the last write,
/// which nobody was ever promised, or a damaged record that was once synced, whose loss could lose a
/// commit. Every record carries the number of the last record known to be synced when it was
/// written. So recovery cuts the log at the first unreadable record, unless something behind it says
/// that the record was durable; then it refuses to start ([LogRecovery]). What is not covered: the
/// very last batch, until the next one or the mark that the writer leaves when it falls idle
/// ([RaftLog#writeMark]) has reached the disk.
///
/// **Who owns what.** [RaftLog] is used by the one log writer thread, save for its reading method.
/// A [GroupLog], the index of one group's entries with the newest of them in memory, belongs to the
/// shard loop of its group and learns where entries came to lie after the sync.
///
/// **Purging** removes whole segments from the old end. Before a segment goes, hard states and
/// truncation points whose newest copy lies in it are written again at the new end ([Ledger]).
@NullMarked
package io.quorate.raftstore.log;

import org.jspecify.annotations.NullMarked;
