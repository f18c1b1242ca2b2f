package io.quorate.tso.meta;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Disk;
import io.quorate.common.env.Disk.DiskFile;
import io.quorate.raftstore.api.Membership;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The state as of one entry, in a file that is only ever replaced whole: written aside, synced,
/// renamed, and the directory synced. A crash leaves the old file or the new one. Described in
/// `docs/storage-format.md`.
final class MetaFile {
    private static final String DIRECTORY = "tso";
    private static final String PATH = DIRECTORY + "/state";
    private static final String ASIDE = DIRECTORY + "/state.new";

    /// "QTSO".
    private static final int MAGIC = 0x5154_534f;

    /// 2: the members of the group.
    private static final int VERSION = 2;

    private static final int CHECKSUM_BYTES = 4;
    private static final int SIZE_BYTES_MAX = 64 << 20;

    private final Disk disk;

    MetaFile(Disk disk) {
        this.disk = disk;
    }

    /// The state after the entry at `index`; members where some entry changed them.
    record Saved(long index, long term, @Nullable Membership members, MetaState state) {}

    void save(Saved saved) throws IOException {
        ByteWriter out = new ByteWriter(256);
        out.putInt(MAGIC);
        out.putByte(VERSION);
        out.putLong(saved.index());
        out.putLong(saved.term());
        Membership members = saved.members();
        out.putBoolean(members != null);
        if (members != null) {
            Membership.CODEC.write(members, out);
        }
        saved.state().write(out);
        out.putInt(checksum(out.backingArray(), out.length()));
        disk.delete(ASIDE);
        try (DiskFile file = disk.open(ASIDE)) {
            file.write(ByteBuffer.wrap(out.backingArray(), 0, out.length()), 0);
            file.sync();
        }
        disk.rename(ASIDE, PATH);
        disk.syncDirectory(DIRECTORY);
    }

    void delete() throws IOException {
        disk.delete(PATH);
        if (disk.exists(DIRECTORY)) {
            disk.syncDirectory(DIRECTORY);
        }
    }

    /// Null where none was ever saved. Throws [CorruptBytes] if the file is damaged: what it said
    /// cannot be made up, so the node must not start.
    @Nullable Saved load() throws IOException {
        if (!disk.exists(PATH)) {
            return null;
        }
        byte[] bytes;
        try (DiskFile file = disk.open(PATH)) {
            long size = file.size();
            if (size < CHECKSUM_BYTES || size > SIZE_BYTES_MAX) {
                throw new CorruptBytes(PATH + " has " + size + " bytes");
            }
            bytes = new byte[(int) size];
            int read = file.read(ByteBuffer.wrap(bytes), 0);
            if (read != bytes.length) {
                throw new CorruptBytes(PATH + " ends at " + read + " of " + size + " bytes");
            }
        }
        return decode(bytes);
    }

    private static Saved decode(byte[] bytes) {
        int bodyLength = bytes.length - CHECKSUM_BYTES;
        int stored = new ByteReader(ByteSlice.wrap(bytes).slice(bodyLength)).getInt();
        if (stored != checksum(bytes, bodyLength)) {
            throw new CorruptBytes(PATH + " fails its checksum; restore this node from its peers");
        }
        ByteReader in = new ByteReader(ByteSlice.wrap(bytes, 0, bodyLength));
        if (in.getInt() != MAGIC) {
            throw new CorruptBytes(PATH + " is no state of the oracle");
        }
        int version = in.getByte();
        if (version < 1 || version > VERSION) {
            throw new CorruptBytes(PATH + " has version " + version + ", known is " + VERSION);
        }
        long index = in.getLong();
        long term = in.getLong();
        Membership members = version >= 2 && in.getBoolean() ? Membership.CODEC.read(in) : null;
        Saved saved = new Saved(index, term, members, MetaState.read(in));
        in.expectEnd();
        return saved;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
