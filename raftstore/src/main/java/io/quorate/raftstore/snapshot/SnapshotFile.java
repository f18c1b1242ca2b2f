package io.quorate.raftstore.snapshot;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Disk.DiskFile;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.wire.SnapshotRequest;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A snapshot on its way in: a head that says what it is, then the chunks as they came, each with its
/// checksum, then an end that says how many bytes there are. Described in `docs/storage-format.md`.
///
/// Chunks are added at the end and synced one by one, so after a crash everything up to the first
/// damaged chunk is there.
final class SnapshotFile implements Closeable {
    /// `QSNP`.
    private static final int MAGIC = 0x51534e50;

    private static final int VERSION = 1;
    private static final int FRAME_HEAD_BYTES = 2 * Integer.BYTES;
    private static final int HEAD_BYTES_MAX = 64 << 10;

    private final DiskFile file;
    private final Head head;

    /// Where in the file the first chunk begins.
    private final long chunksStart;

    /// Where the next chunk goes, and the offset in the content that it has.
    private long position;

    private long offset;

    /// What the file is.
    record Head(Key key, Membership members, ByteSlice label) {}

    private SnapshotFile(DiskFile file, Head head, long chunksStart) {
        this.file = file;
        this.head = head;
        this.chunksStart = chunksStart;
        this.position = chunksStart;
    }

    /// Begins a file, durably.
    static SnapshotFile create(DiskFile file, Head head) throws IOException {
        ByteWriter body = new ByteWriter();
        body.putInt(MAGIC);
        body.putByte(VERSION);
        body.putVarLong(head.key().group().value());
        body.putVarLong(head.key().index());
        body.putVarLong(head.key().term());
        Membership.CODEC.write(head.members(), body);
        body.putBytes(head.label());
        ByteWriter out = new ByteWriter();
        out.putInt(body.length());
        out.putInt(checksum(body.toSlice()));
        out.putRaw(body.toSlice());
        file.truncate(0);
        file.write(out.toSlice().asByteBuffer(), 0);
        file.sync();
        return new SnapshotFile(file, head, out.length());
    }

    /// Finds what there is of a file; null if not even its head is whole.
    static @Nullable SnapshotFile find(DiskFile file) throws IOException {
        ByteSlice body = frame(file, 0, HEAD_BYTES_MAX);
        if (body == null || checksum(body) != checksumAt(file, 0)) {
            return null;
        }
        ByteReader in = new ByteReader(body);
        if (in.getInt() != MAGIC) {
            throw new CorruptBytes("a snapshot's file begins with something else");
        }
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("a snapshot's file has version " + version);
        }
        Key key = new Key(new GroupId(in.getVarLong()), in.getVarLong(), in.getVarLong());
        Head head = new Head(key, Membership.CODEC.read(in), in.getBytes());
        in.expectEnd();
        SnapshotFile found = new SnapshotFile(file, head, FRAME_HEAD_BYTES + (long) body.length());
        found.skipWholeChunks();
        return found;
    }

    Head head() {
        return head;
    }

    /// How much of the content is here.
    long offset() {
        return offset;
    }

    /// Adds a chunk and makes it durable.
    void append(SnapshotRequest.Chunk chunk) throws IOException {
        Check.that(
                chunk.offset() == offset && chunk.isWhole() && !chunk.data().isEmpty(),
                "chunks are added whole and in order: %d at %d",
                chunk.offset(),
                offset);
        writeFrame(chunk.data(), chunk.checksum());
        offset += chunk.data().length();
    }

    /// Notes that the content is complete, durably.
    void end() throws IOException {
        writeFrame(
                ByteSlice.EMPTY, SnapshotRequest.checksumOf(head.key(), offset, ByteSlice.EMPTY));
    }

    /// The chunk at a place, and what comes after it; null at the noted end. Throws [CorruptBytes]
    /// where there is neither.
    @Nullable Piece read(Place at) throws IOException {
        ByteSlice data = frame(file, at.position, Integer.MAX_VALUE - FRAME_HEAD_BYTES);
        if (data == null || !isWhole(at, data)) {
            throw new CorruptBytes(
                    "the snapshot of %s at %d is damaged at offset %d"
                            .formatted(head.key().group(), head.key().index(), at.offset));
        }
        return data.isEmpty() ? null : new Piece(data, at.after(data));
    }

    Place first() {
        return new Place(chunksStart, 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// Where a chunk begins, in the file and in the content.
    record Place(long position, long offset) {
        Place after(ByteSlice data) {
            return new Place(position + FRAME_HEAD_BYTES + data.length(), offset + data.length());
        }
    }

    record Piece(ByteSlice data, Place next) {}

    private void skipWholeChunks() throws IOException {
        Place at = first();
        while (true) {
            ByteSlice data = frame(file, at.position, Integer.MAX_VALUE - FRAME_HEAD_BYTES);
            if (data == null || data.isEmpty() || !isWhole(at, data)) {
                break;
            }
            at = at.after(data);
        }
        position = at.position;
        offset = at.offset;
    }

    private boolean isWhole(Place at, ByteSlice data) throws IOException {
        return SnapshotRequest.checksumOf(head.key(), at.offset, data)
                == checksumAt(file, at.position);
    }

    private void writeFrame(ByteSlice data, int checksum) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD_BYTES + data.length());
        frame.putInt(data.length()).putInt(checksum).put(data.asByteBuffer()).flip();
        int length = frame.remaining();
        file.write(frame, position);
        file.truncate(position + length);
        file.sync();
        position += length;
    }

    /// The data of the frame that begins there; null where the file ends before it does.
    private static @Nullable ByteSlice frame(DiskFile file, long at, int bytesMax)
            throws IOException {
        if (file.size() - at < FRAME_HEAD_BYTES) {
            return null;
        }
        int length = intAt(file, at);
        if (length < 0 || length > bytesMax || length > file.size() - at - FRAME_HEAD_BYTES) {
            return null;
        }
        byte[] data = new byte[length];
        int count = file.read(ByteBuffer.wrap(data), at + FRAME_HEAD_BYTES);
        Check.that(count == length, "a file is as long as it says");
        return ByteSlice.wrap(data);
    }

    private static int checksumAt(DiskFile file, long at) throws IOException {
        return intAt(file, at + Integer.BYTES);
    }

    private static int intAt(DiskFile file, long at) throws IOException {
        ByteBuffer four = ByteBuffer.allocate(Integer.BYTES);
        int count = file.read(four, at);
        Check.that(count == Integer.BYTES, "a file is as long as it says");
        return four.flip().getInt();
    }

    private static int checksum(ByteSlice data) {
        CRC32C crc = new CRC32C();
        crc.update(data.asByteBuffer());
        return (int) crc.getValue();
    }
}
