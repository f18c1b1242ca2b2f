package io.quorate.sql.api;

import io.quorate.common.codec.ByteWriter;

/// A column of a result, and how its values are written.
public interface ResultColumn {
    String name();

    /// The table it is a plain column of, or 0.
    int tableOid();

    /// Its number in that table from 1, or 0.
    int columnNumber();

    int typeOid();

    /// Bytes of the type, negative where they vary.
    int typeSize();

    int typeModifier();

    /// Appends the text form of a value that is not null.
    void writeText(Object value, ByteWriter out);

    /// Appends the binary form of a value that is not null.
    void writeBinary(Object value, ByteWriter out);
}
