package io.quorate.raftstore.log;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.raftstore.log.LogFormat.RecordHeader;
import io.quorate.raftstore.raft.Entry;
import java.nio.ByteBuffer;
import java.util.List;

/// Makes a record of a batch, in one buffer that is used again for the next. Each entry's data is
/// copied exactly once, into the buffer that goes to the disk.
final class RecordEncoder {
    private static final int BUFFER_BYTES_AT_FIRST = 64 << 10;

    /// An unusually large record's buffer is given back afterwards.
    private static final int BUFFER_BYTES_KEPT = 4 << 20;

    private static final int VAR_LONG_BYTES_MAX = 10;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES_AT_FIRST);

    /// Encodes the items; returns the length of the whole record. [#seal] must follow.
    int encode(LogBatch batch) {
        if (buffer.capacity() > BUFFER_BYTES_KEPT) {
            buffer = ByteBuffer.allocateDirect(BUFFER_BYTES_AT_FIRST);
        }
        buffer.clear().position(LogFormat.RECORD_HEADER_BYTES);
        for (LogBatch.Item item : batch.items()) {
            switch (item) {
                case EntriesItem entries -> putEntries(entries);
                case LogBatch.HardStateItem state -> putHardState(state);
                case LogBatch.CompactItem compact -> putCompact(compact);
                case LogBatch.SnapshotBeginItem begin -> {
                    putHead(LogFormat.ITEM_SNAPSHOT_BEGIN, begin.group().value());
                    putVarLong(begin.index());
                    putVarLong(begin.term());
                }
                case LogBatch.SnapshotEndItem end -> {
                    putHead(LogFormat.ITEM_SNAPSHOT_END, end.group().value());
                    putVarLong(end.index());
                }
                case LogBatch.TombstoneItem tombstone -> {
                    putHead(LogFormat.ITEM_TOMBSTONE, tombstone.group().value());
                    putVarLong(tombstone.index());
                }
                case LogBatch.DestroyItem destroy -> {
                    putHead(LogFormat.ITEM_DESTROY, destroy.group().value());
                    putVarLong(destroy.index());
                }
            }
        }
        reserve(LogFormat.RECORD_TRAILER_BYTES);
        return buffer.position() + LogFormat.RECORD_TRAILER_BYTES;
    }

    /// Completes the record with its number and place; returns it ready to be written.
    ByteBuffer seal(long lsn, long durableLsn, long sequence) {
        int payloadEnd = buffer.position();
        LogFormat.encode(
                new RecordHeader(
                        payloadEnd - LogFormat.RECORD_HEADER_BYTES, lsn, durableLsn, sequence),
                buffer,
                0);
        buffer.putInt(LogFormat.checksum(buffer, 0, payloadEnd));
        return buffer.flip();
    }

    private void putEntries(EntriesItem item) {
        putHead(LogFormat.ITEM_ENTRIES, item.group().value());
        List<Entry> entries = item.entries();
        putVarLong(item.firstIndex());
        putVarLong(entries.size());
        for (int place = 0; place < entries.size(); place++) {
            Entry entry = entries.get(place);
            Check.that(
                    entry.index() == item.firstIndex() + place,
                    "entries follow each other: %d at place %d",
                    entry.index(),
                    place);
            ByteSlice data = entry.data();
            reserve(1 + 2 * VAR_LONG_BYTES_MAX + data.length());
            putVarLong(entry.term());
            buffer.put((byte) entry.kind().ordinal());
            putVarLong(data.length());
            int offset = buffer.position();
            buffer.put(data.asByteBuffer());
            item.locate(place, offset, LogFormat.checksum(buffer, offset, data.length()));
        }
    }

    private void putHardState(LogBatch.HardStateItem item) {
        putHead(LogFormat.ITEM_HARD_STATE, item.group().value());
        putVarLong(item.state().term());
        putVarLong(item.state().vote());
        putVarLong(item.state().commit());
        putVarLong(item.state().leaderTerm());
    }

    private void putCompact(LogBatch.CompactItem item) {
        putHead(LogFormat.ITEM_COMPACT, item.group().value());
        putVarLong(item.index());
        putVarLong(item.term());
    }

    /// The type and group of an item, with room for four numbers more.
    private void putHead(byte type, long group) {
        reserve(1 + 5 * VAR_LONG_BYTES_MAX);
        buffer.put(type);
        putVarLong(group);
    }

    /// As [io.quorate.common.codec.ByteWriter#putVarLong].
    private void putVarLong(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    private void reserve(int count) {
        if (buffer.remaining() < count) {
            int needed = Math.addExact(buffer.position(), count);
            int capacity =
                    (int) Math.min(Integer.MAX_VALUE, Math.max(needed, 2L * buffer.capacity()));
            buffer = ByteBuffer.allocateDirect(capacity).put(buffer.flip());
        }
    }
}
