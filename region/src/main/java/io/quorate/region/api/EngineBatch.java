package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes to be applied together, in order.
public final class EngineBatch {
    /// One write; a null value deletes the key.
    public record Write(StorageEngine.Family family, ByteSlice key, @Nullable ByteSlice value) {}

    private final List<Write> writes = new ArrayList<>();

    public void put(StorageEngine.Family family, ByteSlice key, ByteSlice value) {
        writes.add(new Write(family, key, value));
    }

    public void delete(StorageEngine.Family family, ByteSlice key) {
        writes.add(new Write(family, key, null));
    }

    public void add(Write write) {
        writes.add(write);
    }

    public List<Write> writes() {
        return writes;
    }

    public boolean isEmpty() {
        return writes.isEmpty();
    }
}
