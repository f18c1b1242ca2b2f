package io.quorate.raftstore.log;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.EntryKind;
import io.quorate.raftstore.raft.HardState;
import io.quorate.raftstore.raft.RaftStorage;
import io.quorate.raftstore.raft.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The durable log of one group, as its core reads it: an index of where the entries lie, and the
/// newest of them in memory. Owned by the shard loop of the group.
///
/// Invariant: entries lie without a gap from `firstIndex()` to `lastIndex()`, terms never fall, and
/// the entry at `firstIndex() - 1` was compacted (or is the beginning of time).
public final class GroupLog implements RaftStorage {
    /// Entries that lie close to each other are read back together, up to this many bytes.
    private static final int READ_BYTES_MAX = 256 << 10;

    private static final EntryKind[] KINDS = EntryKind.values();

    private final GroupId group;
    private final Segments segments;
    private final EntryTable table = new EntryTable();
    private long compactedTerm;
    private HardState hardState = HardState.INITIAL;
    private @Nullable EntryCache cache;

    /// The snapshot whose installing was begun and not ended; 0 for none.
    private long installingIndex;

    private SnapshotShelf shelf = () -> null;

    /// Where a snapshot to send is found, if there is one at hand.
    public interface SnapshotShelf {
        @Nullable Snapshot take();
    }

    /// Reads the data of entries back.
    interface Segments {
        ByteSlice read(long sequence, int offset, int length);

        /// Reports that bytes once synced came back different, and ends the node; the caller throws
        /// what it returns.
        QuorateException rotted(GroupId group, long index, long sequence, int offset);
    }

    GroupLog(GroupId group, Segments segments) {
        this.group = group;
        this.segments = segments;
    }

    public GroupId group() {
        return group;
    }

    /// The hard state found at opening.
    public HardState hardState() {
        return hardState;
    }

    @Override
    public long firstIndex() {
        return table.firstIndex();
    }

    @Override
    public long lastIndex() {
        return table.lastIndex();
    }

    @Override
    public long term(long index) {
        return index == table.firstIndex() - 1 ? compactedTerm : table.term(index);
    }

    @Override
    public List<Entry> entries(long low, long high, long maxBytes) {
        Check.that(low < high, "asks for at least one entry, not %d to %d", low, high);
        List<Entry> found = new ArrayList<>((int) Math.min(high - low, 64));
        long bytes = 0;
        for (long index = low; index < high; ) {
            long end = table.cached(index) != null ? index + 1 : closeTogether(index, high);
            for (Entry entry : read(index, end)) {
                bytes += entry.sizeBytes();
                if (!found.isEmpty() && bytes > maxBytes) {
                    return found;
                }
                found.add(entry);
            }
            index = end;
        }
        return found;
    }

    @Override
    public @Nullable Snapshot snapshot() {
        return shelf.take();
    }

    /// From now on snapshots are asked for there.
    public void takeSnapshotsFrom(SnapshotShelf newShelf) {
        shelf = newShelf;
    }

    /// The index of a snapshot that was begun to be installed and, as far as the log knows, never was
    /// to the end; 0 for none.
    public long installingIndex() {
        return installingIndex;
    }

    /// The term of the entry before the first one.
    public long compactedTerm() {
        return compactedTerm;
    }

    /// Everything before is gone: the log goes on after a snapshot that is being installed.
    public void beganSnapshot(long index, long term) {
        table.restartAt(index + 1);
        compactedTerm = term;
        installingIndex = index;
    }

    public void endedSnapshot(long index) {
        if (installingIndex == index) {
            installingIndex = 0;
        }
    }

    /// The bytes of all entries there are.
    public long bytes() {
        return table.bytes();
    }

    /// The smallest index from which on the entries have at most that many bytes.
    public long indexOfLast(long bytesMax) {
        long left = table.bytes();
        long index = table.firstIndex();
        while (left > bytesMax) {
            left -= table.length(index);
            index++;
        }
        return index;
    }

    /// Takes in entries that are durable from now on, in place of all from their first index on.
    public void appended(EntriesItem item) {
        Check.that(item.sequence() != 0, "entries are written before they are taken in");
        Check.that(
                item.firstIndex() >= firstIndex() && item.firstIndex() <= lastIndex() + 1,
                "entries from %d follow a log that ends at %d",
                item.firstIndex(),
                lastIndex());
        table.truncateFrom(item.firstIndex());
        List<Entry> entries = item.entries();
        for (int place = 0; place < entries.size(); place++) {
            put(item, place, cache == null ? null : entries.get(place));
        }
        if (cache != null) {
            cache.added(this, item.firstIndex(), item.lastIndex(), item.bytes());
        }
    }

    /// Forgets entries up to `index`, which had `term`. An index beyond the end leaves an empty log
    /// that goes on behind it.
    public void compacted(long index, long term) {
        if (index < table.firstIndex() - 1) {
            return;
        }
        if (index <= table.lastIndex()) {
            table.dropBefore(index + 1);
        } else {
            table.restartAt(index + 1);
        }
        compactedTerm = term;
    }

    /// From now on new entries stay in memory as long as the cache has room.
    void cacheIn(EntryCache shardCache) {
        this.cache = shardCache;
    }

    /// Lets go of what is still held in memory of those entries.
    void uncache(long first, long last) {
        long from = Math.max(first, table.firstIndex());
        long to = Math.min(last, table.lastIndex());
        for (long index = from; index <= to; index++) {
            table.uncache(index);
        }
    }

    /// As [#appended], while reading the log at start: older entries may be in purged segments, so a
    /// log may begin anywhere. Answers false if there is a gap where there must be none.
    boolean recovered(EntriesItem item) {
        boolean overlaps =
                item.firstIndex() >= firstIndex() && item.firstIndex() <= lastIndex() + 1;
        if (overlaps) {
            table.truncateFrom(item.firstIndex());
        } else if (table.isEmpty() || item.firstIndex() < firstIndex()) {
            table.restartAt(item.firstIndex());
        } else {
            return false;
        }
        for (int place = 0; place < item.entries().size(); place++) {
            put(item, place, null);
        }
        return true;
    }

    void recovered(HardState newest) {
        hardState = newest;
    }

    private void put(EntriesItem item, int place, @Nullable Entry cached) {
        Entry entry = item.entries().get(place);
        table.append(entry.term(), entry.kind().ordinal(), cached);
        table.locate(
                entry.index(),
                item.sequence(),
                item.offset(place),
                entry.data().length(),
                item.checksum(place));
    }

    /// How far entries from `index` on lie in one stretch worth reading at once.
    private long closeTogether(long index, long high) {
        long sequence = table.sequence(index);
        int start = table.offset(index);
        long end = index + 1;
        while (end < high
                && table.cached(end) == null
                && table.sequence(end) == sequence
                && table.offset(end) >= start
                && table.offset(end) + table.length(end) - start <= READ_BYTES_MAX) {
            end++;
        }
        return end;
    }

    private List<Entry> read(long low, long high) {
        Entry cached = table.cached(low);
        if (cached != null) {
            return List.of(cached);
        }
        long sequence = table.sequence(low);
        int start = table.offset(low);
        int length = table.offset(high - 1) + table.length(high - 1) - start;
        ByteSlice bytes = segments.read(sequence, start, length);
        List<Entry> entries = new ArrayList<>((int) (high - low));
        for (long index = low; index < high; index++) {
            int from = table.offset(index) - start;
            ByteSlice data = bytes.slice(from, from + table.length(index));
            if (LogFormat.checksum(data.asByteBuffer(), 0, data.length())
                    != table.checksum(index)) {
                throw segments.rotted(group, index, sequence, table.offset(index));
            }
            entries.add(new Entry(table.term(index), index, KINDS[table.kind(index)], data));
        }
        return entries;
    }
}
