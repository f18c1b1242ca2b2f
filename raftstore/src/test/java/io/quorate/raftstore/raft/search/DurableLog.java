package io.quorate.raftstore.raft.search;

import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.RaftStorage;
import io.quorate.raftstore.raft.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is on one replica's disk: the whole log from index one.
final class DurableLog implements RaftStorage {
    private final List<Entry> entries = new ArrayList<>();

    /// Puts `added` in its place, cutting off what was there and after.
    static void overwrite(List<Entry> log, List<Entry> added) {
        if (!added.isEmpty()) {
            log.subList((int) added.getFirst().index() - 1, log.size()).clear();
            log.addAll(added);
        }
    }

    void append(List<Entry> added) {
        overwrite(entries, added);
    }

    List<Entry> all() {
        return entries;
    }

    @Override
    public long firstIndex() {
        return 1;
    }

    @Override
    public long lastIndex() {
        return entries.size();
    }

    @Override
    public long term(long index) {
        return index == 0 ? 0 : entries.get((int) index - 1).term();
    }

    @Override
    public List<Entry> entries(long low, long high, long maxBytes) {
        long bytes = entries.get((int) low - 1).sizeBytes();
        int count = 1;
        while (low + count < high
                && bytes + entries.get((int) low - 1 + count).sizeBytes() <= maxBytes) {
            bytes += entries.get((int) low - 1 + count).sizeBytes();
            count++;
        }
        return List.copyOf(entries.subList((int) low - 1, (int) low - 1 + count));
    }

    @Override
    public @Nullable Snapshot snapshot() {
        return null;
    }
}
