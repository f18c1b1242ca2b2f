package io.quorate.raftstore.log;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.EntryKind;
import io.quorate.raftstore.raft.HardState;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Reads the items of a record back; the counterpart of [RecordEncoder]. Throws [CorruptBytes] for
/// what no writer of this version made.
final class ItemReader {
    private static final EntryKind[] KINDS = EntryKind.values();

    private final byte[] array;
    private final ByteReader in;

    /// `payload` may be overwritten afterwards: nothing returned shares its bytes.
    ItemReader(ByteSlice payload) {
        this.array = payload.toByteArray();
        this.in = new ByteReader(ByteSlice.wrap(array));
    }

    boolean hasNext() {
        return in.remaining() > 0;
    }

    /// The next item. Entries know where they lie: in segment `sequence`, whose record begins at
    /// `recordOffset`.
    LogBatch.Item next(long sequence, int recordOffset) {
        int type = in.getByte();
        GroupId group = new GroupId(in.getVarLong());
        return switch (type) {
            case LogFormat.ITEM_ENTRIES -> entries(group, sequence, recordOffset);
            case LogFormat.ITEM_HARD_STATE ->
                    new LogBatch.HardStateItem(
                            group,
                            new HardState(
                                    in.getVarLong(),
                                    in.getVarLong(),
                                    in.getVarLong(),
                                    in.getVarLong()));
            case LogFormat.ITEM_COMPACT ->
                    new LogBatch.CompactItem(group, in.getVarLong(), in.getVarLong());
            case LogFormat.ITEM_SNAPSHOT_BEGIN ->
                    new LogBatch.SnapshotBeginItem(group, in.getVarLong(), in.getVarLong());
            case LogFormat.ITEM_SNAPSHOT_END ->
                    new LogBatch.SnapshotEndItem(group, in.getVarLong());
            case LogFormat.ITEM_TOMBSTONE -> new LogBatch.TombstoneItem(group, in.getVarLong());
            case LogFormat.ITEM_DESTROY -> new LogBatch.DestroyItem(group, in.getVarLong());
            default -> throw new CorruptBytes("no item has type " + type);
        };
    }

    private EntriesItem entries(GroupId group, long sequence, int recordOffset) {
        long first = in.getVarLong();
        int count = in.getCount();
        if (count == 0) {
            throw new CorruptBytes("entries without an entry");
        }
        List<Entry> entries = new ArrayList<>(count);
        int[] offsets = new int[count];
        for (int place = 0; place < count; place++) {
            long term = in.getVarLong();
            int kind = in.getByte();
            if (kind >= KINDS.length) {
                throw new CorruptBytes("no entry has kind " + kind);
            }
            int length = in.getCount();
            offsets[place] = in.position();
            entries.add(new Entry(term, first + place, KINDS[kind], in.getRaw(length)));
        }
        EntriesItem item = new EntriesItem(group, entries);
        for (int place = 0; place < count; place++) {
            item.locate(
                    place,
                    LogFormat.RECORD_HEADER_BYTES + offsets[place],
                    checksum(offsets[place], entries.get(place).data().length()));
        }
        item.writtenTo(sequence, recordOffset);
        return item;
    }

    private int checksum(int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(array, from, count);
        return (int) crc.getValue();
    }
}
