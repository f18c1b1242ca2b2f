package io.quorate.raftstore.snapshot;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.codec.ByteWriter;
import io.quorate.raftstore.api.SnapshotSource;
import org.jspecify.annotations.Nullable;

/// Cuts the content of a snapshot into chunks of whole pieces, always at the same places.
final class ChunkReader implements AutoCloseable {
    private final SnapshotSource source;
    private final int chunkBytes;
    private SnapshotSource.Content content;
    private long offset;

    ChunkReader(SnapshotSource source, int chunkBytes) {
        this.source = source;
        this.chunkBytes = chunkBytes;
        this.content = source.open();
    }

    /// How much was read.
    long offset() {
        return offset;
    }

    /// The chunk after the last one; null at the end.
    @Nullable ByteSlice next() {
        ByteWriter chunk = new ByteWriter(chunkBytes);
        while (chunk.length() < chunkBytes) {
            ByteSlice piece = content.next();
            if (piece == null) {
                break;
            }
            Check.that(!piece.isEmpty(), "a piece of a snapshot holds something");
            chunk.putRaw(piece);
        }
        offset += chunk.length();
        return chunk.length() == 0 ? null : chunk.toSlice();
    }

    /// Goes to where a chunk begins, from the beginning if need be. False if none begins there.
    boolean goTo(long wanted) {
        if (wanted < offset) {
            content.close();
            content = source.open();
            offset = 0;
        }
        while (offset < wanted) {
            if (next() == null) {
                return false;
            }
        }
        return offset == wanted;
    }

    @Override
    public void close() {
        content.close();
    }
}
