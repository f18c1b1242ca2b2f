package io.quorate.region.mvcc;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import org.jspecify.annotations.Nullable;

/// A value inside a lock or write record, which spares reading it from DEFAULT.
public final class ShortValue {
    /// Longer values stand in DEFAULT.
    public static final int BYTES_MAX = 255;

    private ShortValue() {}

    public static boolean fits(ByteSlice value) {
        return value.length() <= BYTES_MAX;
    }

    static void write(@Nullable ByteSlice value, ByteWriter out) {
        out.putBoolean(value != null);
        if (value != null) {
            out.putBytes(value);
        }
    }

    static @Nullable ByteSlice read(ByteReader in) {
        return in.getBoolean() ? in.getBytes() : null;
    }
}
