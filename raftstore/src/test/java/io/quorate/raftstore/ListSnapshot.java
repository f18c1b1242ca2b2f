package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.SnapshotSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of texts as a snapshot: each a piece.
record ListSnapshot(long index, long term, Membership members, List<String> values)
        implements SnapshotSource {
    ListSnapshot {
        values = List.copyOf(values);
    }

    /// Reads the values back.
    static List<String> values(SnapshotSource snapshot) {
        List<String> values = new ArrayList<>();
        try (Content content = snapshot.open()) {
            for (ByteSlice pieces = content.next(); pieces != null; pieces = content.next()) {
                ByteReader in = new ByteReader(pieces);
                while (in.remaining() > 0) {
                    values.add(in.getString());
                }
            }
        }
        return values;
    }

    @Override
    public ByteSlice label() {
        return ByteSlice.utf8("list");
    }

    @Override
    public Content open() {
        Iterator<String> rest = values.iterator();
        return new Content() {
            @Override
            public @Nullable ByteSlice next() {
                if (!rest.hasNext()) {
                    return null;
                }
                ByteWriter out = new ByteWriter();
                out.putString(rest.next());
                return out.toSlice();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
