package io.quorate.sql.type;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import org.jspecify.annotations.Nullable;

/// Values as parts of keys: the unsigned order of the bytes is [Datums]' order, NULL last, and one
/// encoding is never the beginning of another, so that encodings may follow each other.
///
/// Equal values give equal bytes even where they print differently (numeric 1.0 and 1.00, the
/// trailing blanks of bpchar, -0): a row that must show the difference keeps the value itself.
public final class KeyEncoding {
    private KeyEncoding() {}

    public static void encode(SqlType type, @Nullable Object value, ByteWriter writer) {
        throw Unfinished.door();
    }

    /// A value equal to the one encoded.
    public static @Nullable Object decode(SqlType type, ByteReader reader) {
        throw Unfinished.door();
    }

    /// Whether decoding gives back exactly what was encoded, so that a row need not keep the value
    /// beside its key.
    public static boolean isExact(SqlType type) {
        throw Unfinished.door();
    }
}
