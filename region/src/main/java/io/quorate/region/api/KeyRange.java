package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import org.jspecify.annotations.Nullable;

/// The keys from `start` (inclusive) to `end` (exclusive; null: without end).
public record KeyRange(ByteSlice start, @Nullable ByteSlice end) {
    public static final KeyRange ALL = new KeyRange(ByteSlice.EMPTY, null);

    public static KeyRange prefix(ByteSlice prefix) {
        return new KeyRange(prefix, prefix.prefixEnd());
    }

    public boolean contains(ByteSlice key) {
        return key.compareTo(start) >= 0 && (end == null || key.compareTo(end) < 0);
    }

    public boolean isEmpty() {
        return end != null && start.compareTo(end) >= 0;
    }

    /// The keys in both; empty where they do not meet.
    public KeyRange intersect(KeyRange other) {
        ByteSlice from = start.compareTo(other.start) >= 0 ? start : other.start;
        ByteSlice to = end;
        if (to == null || (other.end != null && other.end.compareTo(to) < 0)) {
            to = other.end;
        }
        return new KeyRange(from, to);
    }
}
