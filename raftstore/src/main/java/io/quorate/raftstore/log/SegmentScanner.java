package io.quorate.raftstore.log;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Disk.DiskFile;
import io.quorate.raftstore.log.LogFormat.RecordHeader;
import io.quorate.raftstore.log.LogFormat.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads a segment from its beginning, record by record, through a window.
final class SegmentScanner {
    private static final int WINDOW_BYTES = 1 << 20;

    private final DiskFile file;
    private final int size;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private int windowStart;
    private int position = LogFormat.SEGMENT_HEADER_BYTES;
    private int payloadOffset;
    private ByteSlice payload = ByteSlice.EMPTY;

    SegmentScanner(DiskFile file) throws IOException {
        this.file = file;
        this.size = Math.toIntExact(file.size());
    }

    /// The bytes of the file.
    int size() {
        return size;
    }

    @Nullable SegmentHeader header() throws IOException {
        if (!show(0, LogFormat.SEGMENT_HEADER_BYTES)) {
            return null;
        }
        return LogFormat.decodeSegmentHeader(window);
    }

    /// Goes on to the next record, which must have that number. False at the first one that cannot
    /// be read, before which [#position()] then stays.
    boolean next(long lsn, long sequence) throws IOException {
        RecordHeader header = headerAt(position);
        if (header == null
                || header.lsn() != lsn
                || header.sequence() != sequence
                || header.totalBytes() < 0
                || !show(position, header.totalBytes())) {
            return false;
        }
        int start = position - windowStart;
        int payloadStart = start + LogFormat.RECORD_HEADER_BYTES;
        int payloadEnd = payloadStart + header.payloadBytes();
        if (window.getInt(payloadEnd) != LogFormat.checksum(window, start, payloadEnd - start)) {
            return false;
        }
        Check.that(
                header.durableLsn() < lsn,
                "record %d cannot have known that %d is durable",
                lsn,
                header.durableLsn());
        payload = ByteSlice.wrap(window.array(), payloadStart, header.payloadBytes());
        payloadOffset = position + LogFormat.RECORD_HEADER_BYTES;
        position = LogFormat.align(position + header.totalBytes());
        return true;
    }

    /// The items of the record last read; valid until the next one is.
    ByteSlice payload() {
        return payload;
    }

    /// Where in the segment [#payload()] begins.
    int payloadOffset() {
        return payloadOffset;
    }

    /// Where the record begins that was not read yet.
    int position() {
        return position;
    }

    /// Whether some record behind the position says that record `lsn` was durable. Its own payload
    /// need not be whole: the checksum of its header is enough to believe it.
    boolean provesDurable(long lsn, long sequence) throws IOException {
        for (int at = LogFormat.align(position);
                at <= size - LogFormat.RECORD_HEADER_BYTES;
                at += LogFormat.RECORD_ALIGNMENT_BYTES) {
            RecordHeader header = headerAt(at);
            if (header != null && header.sequence() == sequence && header.durableLsn() >= lsn) {
                return true;
            }
        }
        return false;
    }

    /// Whether only zeros lie behind the position.
    boolean clearBehind() throws IOException {
        for (int at = position; at < size; ) {
            show(at, 1);
            for (int i = at - windowStart; i < window.limit(); i++) {
                if (window.get(i) != 0) {
                    return false;
                }
            }
            at = windowStart + window.limit();
        }
        return true;
    }

    private @Nullable RecordHeader headerAt(int at) throws IOException {
        if (!show(at, LogFormat.RECORD_HEADER_BYTES)) {
            return null;
        }
        return LogFormat.decodeRecordHeader(window, at - windowStart);
    }

    /// Moves the window over that part of the file; false if the file ends before.
    private boolean show(int from, int count) throws IOException {
        if (count > size - from) {
            return false;
        }
        if (from < windowStart || from + count > windowStart + window.limit()) {
            int length = Math.min(size - from, Math.max(count, WINDOW_BYTES));
            if (window.capacity() < length) {
                window = ByteBuffer.allocate(length);
            }
            window.clear().limit(length);
            windowStart = from;
            int read = file.read(window, from);
            Check.that(read == length, "a file is as long as it says");
            window.rewind();
        }
        return true;
    }
}
