package io.quorate.sql.type;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;

/// The binary form of values on the wire, as PostgreSQL's send and receive functions have it.
public final class TypeBinary {
    private TypeBinary() {}

    /// Appends the value without a length before it.
    public static void encode(SqlType type, Object value, ByteWriter writer) {
        throw Unfinished.door();
    }

    /// 22P03 where the bytes do not form a value.
    public static Object decode(SqlType type, ByteSlice bytes) {
        throw Unfinished.door();
    }
}
