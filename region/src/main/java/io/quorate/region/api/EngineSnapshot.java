package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import org.jspecify.annotations.Nullable;

/// A view of the engine that no later write changes.
public interface EngineSnapshot extends AutoCloseable {
    @Nullable ByteSlice get(StorageEngine.Family family, ByteSlice key);

    /// A cursor over keys from `lower` (inclusive) to `upper` (exclusive; null: no bound). It stands
    /// nowhere until it is sought. Close it before the snapshot.
    Cursor cursor(StorageEngine.Family family, ByteSlice lower, @Nullable ByteSlice upper);

    @Override
    void close();

    /// Stands on a key or nowhere. `key` and `value` may be asked only where it is valid.
    interface Cursor extends AutoCloseable {
        boolean valid();

        /// To the first key at or after the given one.
        void seek(ByteSlice key);

        /// To the last key at or before the given one.
        void seekForPrevious(ByteSlice key);

        void seekToFirst();

        void seekToLast();

        void next();

        void previous();

        ByteSlice key();

        ByteSlice value();

        @Override
        void close();
    }
}
