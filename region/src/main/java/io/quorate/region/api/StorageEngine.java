package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/// The ordered store under all regions of a node: four families of keys, no log of its own (the Raft
/// log is the log), and flushes that make one consistent point of all families durable.
public interface StorageEngine extends Closeable {
    /// The families, in the order of their numbers, which are persisted.
    enum Family {
        DEFAULT,
        LOCK,
        WRITE,
        /// Region descriptors and applied indexes.
        STATE
    }

    /// Applies the batch as one, visible to snapshots taken afterwards. Durable after a flush.
    void write(EngineBatch batch);

    /// Deletes all keys from `lower` (inclusive) to `upper` (exclusive; null: no bound). Durable after a
    /// flush, together with what else was written.
    void deleteRange(Family family, ByteSlice lower, @Nullable ByteSlice upper);

    /// The newest value.
    @Nullable ByteSlice get(Family family, ByteSlice key);

    /// A consistent view of all families as of now. Close it.
    EngineSnapshot snapshot();

    /// Makes everything written so far durable.
    void flush();

    /// The value that would survive a crash now.
    @Nullable ByteSlice persisted(Family family, ByteSlice key);

    @Override
    void close();
}
