package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A log in memory, holding what its owner calls durable.
final class MemoryStorage implements RaftStorage {
    private final Supplier<@Nullable Snapshot> snapshots;
    private final List<Entry> entries = new ArrayList<>();
    private long baseIndex;
    private long baseTerm;

    MemoryStorage(Supplier<@Nullable Snapshot> snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public long firstIndex() {
        return baseIndex + 1;
    }

    @Override
    public long lastIndex() {
        return baseIndex + entries.size();
    }

    @Override
    public long term(long index) {
        return index == baseIndex ? baseTerm : entry(index).term();
    }

    @Override
    public List<Entry> entries(long low, long high, long maxBytes) {
        List<Entry> found = new ArrayList<>();
        long bytes = 0;
        for (long index = low; index < high; index++) {
            bytes += entry(index).sizeBytes();
            if (bytes > maxBytes && !found.isEmpty()) {
                break;
            }
            found.add(entry(index));
        }
        return found;
    }

    @Override
    public @Nullable Snapshot snapshot() {
        return snapshots.get();
    }

    void append(List<Entry> added) {
        if (added.isEmpty()) {
            return;
        }
        long from = added.getFirst().index();
        Check.that(from > baseIndex && from <= lastIndex() + 1, "appends leave no gap: %s", from);
        entries.subList((int) (from - firstIndex()), entries.size()).clear();
        entries.addAll(added);
    }

    /// Forgets entries up to and including `index`.
    void compactTo(long index) {
        Check.that(index >= baseIndex && index <= lastIndex(), "compacted within the log");
        long term = term(index);
        entries.subList(0, (int) (index - baseIndex)).clear();
        baseIndex = index;
        baseTerm = term;
    }

    /// An empty log that goes on after `(index, term)`.
    void restartAt(long index, long term) {
        entries.clear();
        baseIndex = index;
        baseTerm = term;
    }

    private Entry entry(long index) {
        Check.that(index > baseIndex && index <= lastIndex(), "entry %s is there", index);
        return entries.get((int) (index - firstIndex()));
    }
}
