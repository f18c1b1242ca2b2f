package io.quorate.raftstore.log;

import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.HardState;
import java.util.ArrayList;
import java.util.List;

/// What is made durable together: items of any number of groups, in the order in which they take
/// effect.
public final class LogBatch {
    private final List<Item> items = new ArrayList<>();
    private long entryBytes;

    /// One thing to remember of one group.
    sealed interface Item
            permits EntriesItem,
                    HardStateItem,
                    CompactItem,
                    SnapshotBeginItem,
                    SnapshotEndItem,
                    DestroyItem,
                    TombstoneItem {
        GroupId group();
    }

    record HardStateItem(GroupId group, HardState state) implements Item {}

    /// Entries up to `index`, which had `term`, are gone from the group's log.
    record CompactItem(GroupId group, long index, long term) implements Item {}

    /// All entries are gone; the log goes on after `index`, which had `term`. The state machine is
    /// being replaced by a snapshot of that entry, and is not to be trusted before the end of it.
    record SnapshotBeginItem(GroupId group, long index, long term) implements Item {}

    /// The state machine durably holds the snapshot begun before.
    record SnapshotEndItem(GroupId group, long index) implements Item {}

    /// Nothing of the group is left on this node, which is no member of it as of entry `index`.
    record DestroyItem(GroupId group, long index) implements Item {}

    /// The group was destroyed here as of entry `index`; it may have come back since.
    record TombstoneItem(GroupId group, long index) implements Item {}

    /// Adds consecutive entries of a group, which replace any there are from the first one's index
    /// on. Returns the item, which the group's index takes in once the batch is durable.
    public EntriesItem append(GroupId group, List<Entry> entries) {
        EntriesItem item = new EntriesItem(group, entries);
        items.add(item);
        entryBytes += item.bytes();
        return item;
    }

    public void hardState(GroupId group, HardState state) {
        items.add(new HardStateItem(group, state));
    }

    public void compact(GroupId group, long index, long term) {
        items.add(new CompactItem(group, index, term));
    }

    public void beginSnapshot(GroupId group, long index, long term) {
        items.add(new SnapshotBeginItem(group, index, term));
    }

    public void endSnapshot(GroupId group, long index) {
        items.add(new SnapshotEndItem(group, index));
    }

    public void destroy(GroupId group, long index) {
        items.add(new DestroyItem(group, index));
    }

    /// Repeats what is to be remembered of a destroyed group.
    void bury(GroupId group, long index) {
        items.add(new TombstoneItem(group, index));
    }

    /// Appends what another batch holds.
    public void addAll(LogBatch other) {
        items.addAll(other.items);
        entryBytes += other.entryBytes;
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    /// The bytes of all entries' data, about what the batch will take on disk.
    public long entryBytes() {
        return entryBytes;
    }

    List<Item> items() {
        return items;
    }
}
