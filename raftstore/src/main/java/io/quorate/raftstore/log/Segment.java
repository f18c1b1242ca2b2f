package io.quorate.raftstore.log;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Disk;
import io.quorate.common.env.Disk.DiskFile;
import io.quorate.raftstore.log.LogFormat.SegmentHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// One file of the log. Written by the log writer; read by any thread.
final class Segment implements Closeable {
    private static final int ZEROS_BYTES = 256 << 10;

    private final SegmentHeader header;
    private final DiskFile file;

    /// Where the next record goes.
    private int end;

    /// Up to where the file was filled, with records and then zeros. Read by the metrics.
    private volatile int filled;

    Segment(SegmentHeader header, DiskFile file, int end, int filled) {
        this.header = header;
        this.file = file;
        this.end = end;
        this.filled = filled;
    }

    /// Makes the file and the first of its bytes durable, so that its existence alone tells that
    /// whatever came before it was.
    static Segment create(Disk disk, SegmentHeader header, int extentBytes) throws IOException {
        DiskFile file = disk.open(LogFormat.path(header.sequence()));
        Segment segment = new Segment(header, file, LogFormat.SEGMENT_HEADER_BYTES, 0);
        file.write(LogFormat.encode(header), 0);
        segment.filled = LogFormat.SEGMENT_HEADER_BYTES;
        segment.fillTo(LogFormat.SEGMENT_HEADER_BYTES + extentBytes);
        file.sync();
        disk.syncDirectory(LogFormat.DIRECTORY);
        return segment;
    }

    long sequence() {
        return header.sequence();
    }

    int end() {
        return end;
    }

    int filled() {
        return filled;
    }

    boolean hasRecords() {
        return end > LogFormat.SEGMENT_HEADER_BYTES;
    }

    /// Writes a record at the end, without syncing; returns where it begins.
    int append(ByteBuffer record, int extentBytes) throws IOException {
        int start = end;
        int recordEnd = Math.addExact(start, record.remaining());
        if (recordEnd > filled) {
            fillTo(Math.addExact(recordEnd, extentBytes));
        }
        file.write(record, start);
        end = LogFormat.align(recordEnd);
        return start;
    }

    /// Fills the next extent with zeros if little is left of the last one. For an idle moment: the
    /// next append then need not.
    void fillAhead(int extentBytes, int segmentBytes) throws IOException {
        if (filled - end < extentBytes / 2 && filled < segmentBytes) {
            fillTo(Math.addExact(filled, extentBytes));
        }
    }

    /// Overwrites whatever lies behind the last record: left there, it might one day seem to follow
    /// a new record of the same length.
    void clearBehindEnd() throws IOException {
        int size = filled;
        filled = end;
        fillTo(size);
    }

    void sync() throws IOException {
        file.sync();
    }

    ByteSlice read(int offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        int count = file.read(ByteBuffer.wrap(bytes), offset);
        Check.that(count == length, "a located entry lies inside its segment");
        return ByteSlice.wrap(bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void fillTo(int target) throws IOException {
        int at = filled;
        if (at >= target) {
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(ZEROS_BYTES, target - at));
        while (at < target) {
            zeros.clear().limit(Math.min(zeros.capacity(), target - at));
            int count = zeros.remaining();
            file.write(zeros, at);
            at += count;
            filled = at;
        }
    }
}
