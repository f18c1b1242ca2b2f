package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.SnapshotSource;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All registers; each is a piece.
record RegisterSnapshot(long index, long term, Membership members, Map<Integer, Long> registers)
        implements SnapshotSource {

    static Map<Integer, Long> registers(SnapshotSource snapshot) {
        Map<Integer, Long> registers = new TreeMap<>();
        try (Content content = snapshot.open()) {
            for (ByteSlice pieces = content.next(); pieces != null; pieces = content.next()) {
                ByteReader in = new ByteReader(pieces);
                while (in.remaining() > 0) {
                    registers.put(in.getVarInt(), in.getLong());
                }
            }
        }
        return registers;
    }

    @Override
    public ByteSlice label() {
        return ByteSlice.EMPTY;
    }

    @Override
    public Content open() {
        Iterator<Map.Entry<Integer, Long>> rest = new TreeMap<>(registers).entrySet().iterator();
        return new Content() {
            @Override
            public @Nullable ByteSlice next() {
                if (!rest.hasNext()) {
                    return null;
                }
                Map.Entry<Integer, Long> register = rest.next();
                ByteWriter out = new ByteWriter();
                out.putVarInt(register.getKey());
                out.putLong(register.getValue());
                return out.toSlice();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
