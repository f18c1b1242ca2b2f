package io.quorate.raftstore.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log as written so far, read by the core. What the core handed out in a [Ready] and has not
/// yet been told to be durable is kept by the core itself and never asked for here.
///
/// Answers must not change but by the driver's own writes on the thread that runs the core: appends
/// as told by [Ready], and compaction up to an applied index that no write under way is about to
/// replace. An empty storage answers `firstIndex() == 1`, `lastIndex() == 0`, `term(0) == 0`.
public interface RaftStorage {
    /// The first index whose entry can be read; entries before it live in a snapshot only.
    long firstIndex();

    /// The last index written; `firstIndex() - 1` when there are no entries.
    long lastIndex();

    /// The term of the entry at an index from `firstIndex() - 1` to `lastIndex()`. The term just
    /// before the first entry stays known after a compaction.
    long term(long index);

    /// Entries `low` (inclusive) to `high` (exclusive), both within the log: a non-empty prefix of
    /// them whose [Entry#sizeBytes()] add up to at most `maxBytes`; the first one always.
    List<Entry> entries(long low, long high, long maxBytes);

    /// A snapshot to send to a follower that is behind `firstIndex()`; null while none is at hand,
    /// in which case the core asks again later.
    @Nullable Snapshot snapshot();
}
