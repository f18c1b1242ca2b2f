package io.quorate.raftstore.log;

import io.quorate.common.check.Check;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Entry;
import java.util.List;

/// Consecutive entries of one group on their way to the log, and, once written, where they lie.
/// Handed from the shard loop to the log writer and back: never used by both at once.
public final class EntriesItem implements LogBatch.Item {
    private final GroupId group;
    private final List<Entry> entries;
    private final int[] offsets;
    private final int[] checksums;
    private final long bytes;
    private long sequence;
    private int recordOffset;

    public EntriesItem(GroupId group, List<Entry> entries) {
        Check.that(!entries.isEmpty(), "an item holds at least one entry");
        this.group = group;
        this.entries = entries;
        this.offsets = new int[entries.size()];
        this.checksums = new int[entries.size()];
        long sum = 0;
        for (Entry entry : entries) {
            sum += entry.data().length();
        }
        this.bytes = sum;
    }

    @Override
    public GroupId group() {
        return group;
    }

    List<Entry> entries() {
        return entries;
    }

    long firstIndex() {
        return entries.getFirst().index();
    }

    long lastIndex() {
        return entries.getLast().index();
    }

    /// The length of all data together.
    long bytes() {
        return bytes;
    }

    /// The segment that holds them; 0 before they are written.
    long sequence() {
        return sequence;
    }

    /// Where the data of the entry at that place in [#entries()] begins in the segment.
    int offset(int place) {
        return recordOffset + offsets[place];
    }

    /// CRC32C of that entry's data.
    int checksum(int place) {
        return checksums[place];
    }

    /// Notes where in its record the data of one entry lies.
    void locate(int place, int offsetInRecord, int checksum) {
        offsets[place] = offsetInRecord;
        checksums[place] = checksum;
    }

    void writtenTo(long segmentSequence, int offsetOfRecord) {
        Check.that(sequence == 0, "entries are written once");
        sequence = segmentSequence;
        recordOffset = offsetOfRecord;
    }
}
