package io.quorate.raftstore.log;

import java.util.ArrayDeque;

/// Keeps the newest entries of one shard's groups in memory, up to a budget; the oldest go first.
/// Owned by the shard loop. Entries truncated or compacted meanwhile count until their turn comes.
public final class EntryCache {
    /// About what the objects around an entry's data take.
    private static final long ENTRY_OVERHEAD_BYTES = 96;

    private final long bytesMax;
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private long bytes;

    public EntryCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    private record Run(GroupLog log, long first, long last, long bytes) {}

    void added(GroupLog log, long first, long last, long dataBytes) {
        long runBytes = dataBytes + (last - first + 1) * ENTRY_OVERHEAD_BYTES;
        runs.add(new Run(log, first, last, runBytes));
        bytes += runBytes;
        while (bytes > bytesMax) {
            Run oldest = runs.remove();
            bytes -= oldest.bytes;
            oldest.log.uncache(oldest.first, oldest.last);
        }
    }
}
