package io.quorate.raftstore.log;

import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.log.LogBatch.CompactItem;
import io.quorate.raftstore.log.LogBatch.HardStateItem;
import io.quorate.raftstore.raft.HardState;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What of each group lies in which segment, so that one can tell when a segment is not needed any
/// more. Owned by the log writer.
final class Ledger {
    private final TreeMap<Long, Map<GroupId, Long>> lastIndexes = new TreeMap<>();
    private final TreeMap<GroupId, GroupState> groups = new TreeMap<>();

    /// Where snapshots that are being installed were begun.
    private final TreeMap<GroupId, Long> installing = new TreeMap<>();

    /// Groups that were destroyed here, as of which entry. Kept for good: nothing older may come back.
    private final TreeMap<GroupId, Tombstone> tombstones = new TreeMap<>();

    private record Tombstone(long index, long sequence) {}

    /// The newest state of a group, and the segments in which it was last written; 0 for never.
    private static final class GroupState {
        private HardState hardState = HardState.INITIAL;
        private long hardStateSequence;
        private long compactedIndex;
        private long compactedTerm;
        private long compactedSequence;
    }

    /// Notes that an item was written to a segment.
    void wrote(LogBatch.Item item, long sequence) {
        if (item instanceof LogBatch.TombstoneItem(GroupId group, long index)) {
            bury(group, index, sequence);
            return;
        }
        GroupState state = groups.computeIfAbsent(item.group(), _ -> new GroupState());
        switch (item) {
            case EntriesItem entries ->
                    lastIndexes
                            .computeIfAbsent(sequence, _ -> new TreeMap<>())
                            .merge(entries.group(), entries.lastIndex(), Math::max);
            case HardStateItem hardState -> {
                state.hardState = hardState.state();
                state.hardStateSequence = sequence;
            }
            case CompactItem compact -> {
                if (compact.index() >= state.compactedIndex) {
                    compacted(state, compact.index(), compact.term(), sequence);
                }
            }
            case LogBatch.SnapshotBeginItem begin -> {
                compacted(state, begin.index(), begin.term(), sequence);
                installing.put(begin.group(), sequence);
            }
            case LogBatch.SnapshotEndItem end -> installing.remove(end.group());
            case LogBatch.TombstoneItem _ -> {
                // Says nothing of the group's log.
            }
            case LogBatch.DestroyItem destroy -> {
                lastIndexes.values().forEach(held -> held.remove(destroy.group()));
                groups.remove(destroy.group());
                installing.remove(destroy.group());
                bury(destroy.group(), destroy.index(), sequence);
            }
        }
    }

    private void bury(GroupId group, long index, long sequence) {
        Tombstone before = tombstones.get(group);
        long newest = before == null ? index : Math.max(index, before.index());
        tombstones.put(group, new Tombstone(newest, sequence));
    }

    private static void compacted(GroupState state, long index, long term, long sequence) {
        state.compactedIndex = index;
        state.compactedTerm = term;
        state.compactedSequence = sequence;
    }

    /// The index up to which a group's log is compacted; 0 if it never was.
    long compactedIndex(GroupId group) {
        GroupState state = groups.get(group);
        return state == null ? 0 : state.compactedIndex;
    }

    /// As of which entry each group was destroyed here.
    Map<GroupId, Long> tombstones() {
        TreeMap<GroupId, Long> indexes = new TreeMap<>();
        tombstones.forEach((group, tombstone) -> indexes.put(group, tombstone.index()));
        return indexes;
    }

    /// Whether all entries in a segment are compacted, and no snapshot begun in it waits for its end:
    /// the beginning cannot be written again behind the entries that follow it.
    boolean isDead(long sequence) {
        if (installing.containsValue(sequence)) {
            return false;
        }
        Map<GroupId, Long> held = lastIndexes.get(sequence);
        if (held == null) {
            return true;
        }
        for (Map.Entry<GroupId, Long> each : held.entrySet()) {
            if (each.getValue() > compactedIndex(each.getKey())) {
                return false;
            }
        }
        return true;
    }

    /// What must be written again before the segments up to `sequence` go; null for nothing.
    @Nullable LogBatch carriedForward(long sequence) {
        LogBatch batch = new LogBatch();
        tombstones.forEach((group, tombstone) -> {
            if (isWithin(tombstone.sequence(), sequence)) {
                batch.bury(group, tombstone.index());
            }
        });
        groups.forEach((group, state) -> {
            if (isWithin(state.hardStateSequence, sequence)) {
                batch.hardState(group, state.hardState);
            }
            if (isWithin(state.compactedSequence, sequence)) {
                batch.compact(group, state.compactedIndex, state.compactedTerm);
            }
        });
        return batch.isEmpty() ? null : batch;
    }

    /// Notes that a segment is gone.
    void purged(long sequence) {
        lastIndexes.remove(sequence);
    }

    private static boolean isWithin(long writtenTo, long sequence) {
        return writtenTo != 0 && writtenTo <= sequence;
    }
}
