package io.quorate.sql.session;

import io.quorate.common.codec.ByteWriter;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.api.ResultColumn;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeBinary;
import io.quorate.sql.type.TypeText;
import java.nio.charset.StandardCharsets;

/// A result column, written in the session's format.
final class Column implements ResultColumn {
    private final SqlSession session;
    private final OutputColumn column;

    Column(SqlSession session, OutputColumn column) {
        this.session = session;
        this.column = column;
    }

    @Override
    public String name() {
        return column.name();
    }

    @Override
    public int tableOid() {
        return (int) column.tableOid();
    }

    @Override
    public int columnNumber() {
        return column.columnNumber();
    }

    @Override
    public int typeOid() {
        // An undecided literal goes out as text.
        return type().oid() == SqlType.UNKNOWN.oid() ? SqlType.TEXT.oid() : type().oid();
    }

    @Override
    public int typeSize() {
        return type().oid() == SqlType.UNKNOWN.oid() ? -1 : type().lengthBytes();
    }

    @Override
    public int typeModifier() {
        return type().typmod();
    }

    @Override
    public void writeText(Object value, ByteWriter out) {
        out.putRaw(
                TypeText.encode(type(), value, session.format()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void writeBinary(Object value, ByteWriter out) {
        TypeBinary.encode(type(), value, out);
    }

    SqlType type() {
        return column.type();
    }
}
