package io.quorate.sql.type;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;

/// Values as parts of stored rows: compact, exact, without an order. NULL and the length of the
/// bytes are the row's business.
public final class ValueEncoding {
    private ValueEncoding() {}

    public static void encode(SqlType type, Object value, ByteWriter writer) {
        throw Unfinished.door();
    }

    /// @param bytes exactly what [#encode] appended
    public static Object decode(SqlType type, ByteSlice bytes) {
        throw Unfinished.door();
    }
}
