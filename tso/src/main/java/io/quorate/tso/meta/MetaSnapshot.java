package io.quorate.tso.meta;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.SnapshotSource;
import org.jspecify.annotations.Nullable;

/// The oracle's state on its way to another replica: one piece, described in `docs/rpc.md`.
record MetaSnapshot(long index, long term, Membership members, ByteSlice bytes)
        implements SnapshotSource {
    private static final int VERSION = 1;

    static ByteSlice encode(MetaState state) {
        ByteWriter out = new ByteWriter();
        out.putByte(VERSION);
        state.write(out);
        return out.toSlice();
    }

    static MetaState decode(SnapshotSource snapshot) {
        try (Content content = snapshot.open()) {
            ByteSlice piece = content.next();
            if (piece == null || content.next() != null) {
                throw new CorruptBytes("the oracle's state is one piece");
            }
            ByteReader in = new ByteReader(piece);
            int version = in.getByte();
            if (version != VERSION) {
                throw new CorruptBytes("the oracle's state has version " + version);
            }
            MetaState state = MetaState.read(in);
            in.expectEnd();
            return state;
        }
    }

    @Override
    public ByteSlice label() {
        return ByteSlice.EMPTY;
    }

    @Override
    public Content open() {
        return new Content() {
            private @Nullable ByteSlice left = bytes;

            @Override
            public @Nullable ByteSlice next() {
                ByteSlice piece = left;
                left = null;
                return piece;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
