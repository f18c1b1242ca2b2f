package io.quorate.raftstore.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The bytes of a segment, as described in `docs/storage-format.md`. All numbers are big-endian.
final class LogFormat {
    static final String DIRECTORY = "raft";

    /// 2: snapshot and destroy items.
    static final int VERSION = 2;

    /// `QRAFTLOG`.
    static final long SEGMENT_MAGIC = 0x51524146544c4f47L;

    /// Records begin here: a write to the first of them cannot damage the header's sector.
    static final int SEGMENT_HEADER_BYTES = 4096;

    private static final int SEGMENT_HEADER_USED_BYTES = 8 + 1 + 8 + 4 + 8 + 8;

    /// `QREC`.
    static final int RECORD_MAGIC = 0x51524543;

    static final int RECORD_HEADER_BYTES = 4 + 4 + 8 + 8 + 8 + 4;
    static final int RECORD_TRAILER_BYTES = 4;
    static final int RECORD_ALIGNMENT_BYTES = 8;

    static final byte ITEM_ENTRIES = 1;
    static final byte ITEM_HARD_STATE = 2;
    static final byte ITEM_COMPACT = 3;
    static final byte ITEM_SNAPSHOT_BEGIN = 4;
    static final byte ITEM_SNAPSHOT_END = 5;
    static final byte ITEM_DESTROY = 6;
    static final byte ITEM_TOMBSTONE = 7;

    private LogFormat() {}

    /// The head of a segment file. `firstLsn` numbers its first record; every record of older
    /// segments was durable when this was written.
    record SegmentHeader(int version, long clusterId, int node, long sequence, long firstLsn) {}

    /// The head of a record: its payload's length, its number, the last number known to be durable
    /// when it was written, and the segment it was written to.
    record RecordHeader(int payloadBytes, long lsn, long durableLsn, long sequence) {
        int totalBytes() {
            return RECORD_HEADER_BYTES + payloadBytes + RECORD_TRAILER_BYTES;
        }
    }

    static String fileName(long sequence) {
        return String.format("%016x.log", sequence);
    }

    static String path(long sequence) {
        return DIRECTORY + "/" + fileName(sequence);
    }

    static ByteBuffer encode(SegmentHeader header) {
        ByteBuffer out = ByteBuffer.allocate(SEGMENT_HEADER_BYTES);
        out.putLong(SEGMENT_MAGIC)
                .put((byte) header.version)
                .putLong(header.clusterId)
                .putInt(header.node)
                .putLong(header.sequence)
                .putLong(header.firstLsn);
        out.putInt(checksum(out, 0, SEGMENT_HEADER_USED_BYTES));
        return out.rewind();
    }

    /// Null if these are not the bytes of a header. Of a newer version only the version is right.
    static @Nullable SegmentHeader decodeSegmentHeader(ByteBuffer in) {
        if (in.limit() < SEGMENT_HEADER_BYTES || in.getLong(0) != SEGMENT_MAGIC) {
            return null;
        }
        int version = in.get(8) & 0xff;
        if (version <= VERSION
                && in.getInt(SEGMENT_HEADER_USED_BYTES)
                        != checksum(in, 0, SEGMENT_HEADER_USED_BYTES)) {
            return null;
        }
        return new SegmentHeader(
                version, in.getLong(9), in.getInt(17), in.getLong(21), in.getLong(29));
    }

    static void encode(RecordHeader header, ByteBuffer out, int at) {
        out.putInt(at, RECORD_MAGIC)
                .putInt(at + 4, header.payloadBytes)
                .putLong(at + 8, header.lsn)
                .putLong(at + 16, header.durableLsn)
                .putLong(at + 24, header.sequence);
        out.putInt(at + 32, checksum(out, at, 32));
    }

    /// Null if no record begins at `at`.
    static @Nullable RecordHeader decodeRecordHeader(ByteBuffer in, int at) {
        if (in.limit() - at < RECORD_HEADER_BYTES || in.getInt(at) != RECORD_MAGIC) {
            return null;
        }
        if (in.getInt(at + 32) != checksum(in, at, 32) || in.getInt(at + 4) < 0) {
            return null;
        }
        return new RecordHeader(
                in.getInt(at + 4), in.getLong(at + 8), in.getLong(at + 16), in.getLong(at + 24));
    }

    static int align(int position) {
        return (position + RECORD_ALIGNMENT_BYTES - 1) & -RECORD_ALIGNMENT_BYTES;
    }

    /// CRC32C of part of a buffer, whose position and limit stay.
    static int checksum(ByteBuffer bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, count));
        return (int) crc.getValue();
    }
}
