package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.region.mvcc.VersionKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// All of a region, out of one snapshot of the engine. Its label is the region's descriptor; its
/// content the keys of the three families of data, described in `docs/rpc.md`.
final class RegionSnapshot implements SnapshotSource {
    private static final int VERSION = 1;
    private static final int PIECE_BYTES = 64 << 10;
    private static final long WRITE_BYTES = 1 << 20;

    /// In this order they travel. The ordinals of families are persisted elsewhere; here the place in
    /// this list is.
    private static final List<Family> FAMILIES = List.of(Family.DEFAULT, Family.LOCK, Family.WRITE);

    private final EngineSnapshot engine;
    private final RegionDescriptor region;
    private final RegionRecords.Applied applied;
    private final Membership members;
    private final AtomicBoolean closed = new AtomicBoolean();

    RegionSnapshot(
            EngineSnapshot engine,
            RegionDescriptor region,
            RegionRecords.Applied applied,
            Membership members) {
        this.engine = engine;
        this.region = region;
        this.applied = applied;
        this.members = members;
    }

    /// Removes all data in a range.
    static void clear(StorageEngine engine, KeyRange range) {
        if (!range.isEmpty()) {
            for (Family family : FAMILIES) {
                engine.deleteRange(family, lower(family, range), upper(family, range));
            }
        }
    }

    /// Writes the content of a snapshot into the engine. Returns how many bytes.
    static long write(StorageEngine engine, SnapshotSource snapshot) {
        long total = 0;
        long bytes = 0;
        EngineBatch batch = new EngineBatch();
        try (Content content = snapshot.open()) {
            for (ByteSlice pieces = content.next(); pieces != null; pieces = content.next()) {
                ByteReader in = new ByteReader(pieces);
                while (in.remaining() > 0) {
                    readPiece(in, batch);
                }
                bytes += pieces.length();
                total += pieces.length();
                if (bytes >= WRITE_BYTES) {
                    engine.write(batch);
                    batch = new EngineBatch();
                    bytes = 0;
                }
            }
        }
        engine.write(batch);
        return total;
    }

    @Override
    public long index() {
        return applied.index();
    }

    @Override
    public long term() {
        return applied.term();
    }

    @Override
    public Membership members() {
        return members;
    }

    @Override
    public ByteSlice label() {
        return RegionRecords.encode(region);
    }

    @Override
    public Content open() {
        return new Pass();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            engine.close();
        }
    }

    /// One way through the families.
    private final class Pass implements Content {
        private int family;
        private EngineSnapshot.@Nullable Cursor cursor;

        @Override
        public @Nullable ByteSlice next() {
            while (family < FAMILIES.size()) {
                EngineSnapshot.Cursor at = standing();
                if (at.valid()) {
                    return piece(at);
                }
                at.close();
                cursor = null;
                family++;
            }
            return null;
        }

        @Override
        public void close() {
            if (cursor != null) {
                cursor.close();
                cursor = null;
            }
        }

        private EngineSnapshot.Cursor standing() {
            EngineSnapshot.Cursor at = cursor;
            if (at == null) {
                Family of = FAMILIES.get(family);
                at = engine.cursor(of, lower(of, region.range()), upper(of, region.range()));
                at.seekToFirst();
                cursor = at;
            }
            return at;
        }

        private ByteSlice piece(EngineSnapshot.Cursor at) {
            ByteWriter body = new ByteWriter(PIECE_BYTES);
            int count = 0;
            while (at.valid() && body.length() < PIECE_BYTES) {
                body.putBytes(at.key());
                body.putBytes(at.value());
                count++;
                at.next();
            }
            ByteWriter piece = new ByteWriter(body.length() + 16);
            piece.putByte(VERSION);
            piece.putByte(family);
            piece.putVarInt(count);
            piece.putRaw(body.toSlice());
            return piece.toSlice();
        }
    }

    private static void readPiece(ByteReader in, EngineBatch batch) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("a piece of a region of version " + version);
        }
        int place = in.getByte();
        if (place >= FAMILIES.size()) {
            throw new CorruptBytes("a piece of a region of family " + place);
        }
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            batch.put(FAMILIES.get(place), in.getBytes(), in.getBytes());
        }
    }

    private static ByteSlice lower(Family family, KeyRange range) {
        return family == Family.LOCK ? range.start() : VersionKey.prefix(range.start());
    }

    private static @Nullable ByteSlice upper(Family family, KeyRange range) {
        ByteSlice end = range.end();
        return end == null || family == Family.LOCK ? end : VersionKey.prefix(end);
    }
}
