package io.quorate.sql.catalog;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Descriptors as bytes. Version 1; later versions append.
final class DescriptorCodec {
    private static final int VERSION = 1;

    private DescriptorCodec() {}

    static ByteSlice write(TableDescriptor table) {
        ByteWriter out = new ByteWriter(256);
        out.putByte(VERSION);
        out.putVarLong(table.oid());
        out.putString(table.schema());
        out.putString(table.name());
        out.putVarInt(table.version());
        writeList(table.columns(), out, DescriptorCodec::writeColumn);
        writeIndex(table.primary(), out);
        writeList(table.secondary(), out, DescriptorCodec::writeIndex);
        writeList(table.checks(), out, DescriptorCodec::writeCheck);
        out.putVarInt(table.nextColumnId());
        out.putVarInt(table.nextIndexKeyId());
        out.putBoolean(table.writesBlocked());
        return out.toSlice();
    }

    static TableDescriptor readTable(ByteSlice bytes) {
        ByteReader in = open(bytes);
        return new TableDescriptor(
                in.getVarLong(),
                in.getString(),
                in.getString(),
                in.getVarInt(),
                readList(in, DescriptorCodec::readColumn),
                readIndex(in),
                readList(in, DescriptorCodec::readIndex),
                readList(in, DescriptorCodec::readCheck),
                in.getVarInt(),
                in.getVarInt(),
                in.getBoolean());
    }

    static ByteSlice write(SequenceDescriptor sequence) {
        ByteWriter out = new ByteWriter(96);
        out.putByte(VERSION);
        out.putVarLong(sequence.oid());
        out.putString(sequence.schema());
        out.putString(sequence.name());
        writeType(sequence.type(), out);
        out.putLong(sequence.start());
        out.putLong(sequence.increment());
        out.putLong(sequence.minimum());
        out.putLong(sequence.maximum());
        out.putBoolean(sequence.cycles());
        out.putVarLong(sequence.ownerTable());
        out.putVarInt(sequence.ownerColumn());
        return out.toSlice();
    }

    static SequenceDescriptor readSequence(ByteSlice bytes) {
        ByteReader in = open(bytes);
        return new SequenceDescriptor(
                in.getVarLong(),
                in.getString(),
                in.getString(),
                readType(in),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getBoolean(),
                in.getVarLong(),
                in.getVarInt());
    }

    private static ByteReader open(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("a descriptor of version " + version + ", this release reads 1");
        }
        return in;
    }

    private static void writeColumn(ColumnDescriptor column, ByteWriter out) {
        out.putVarInt(column.id());
        out.putString(column.name());
        writeType(column.type(), out);
        out.putBoolean(column.notNull());
        writeOptional(
                column.defaultSql() == null ? null : ByteSlice.utf8(column.defaultSql()), out);
        out.putByte(
                switch (column.identity()) {
                    case NONE -> 0;
                    case ALWAYS -> 1;
                    case BY_DEFAULT -> 2;
                });
        writeOptional(column.missing(), out);
    }

    private static ColumnDescriptor readColumn(ByteReader in) {
        int id = in.getVarInt();
        String name = in.getString();
        SqlType type = readType(in);
        boolean notNull = in.getBoolean();
        ByteSlice defaultSql = readOptional(in);
        int identityCode = in.getByte();
        Identity identity =
                switch (identityCode) {
                    case 0 -> Identity.NONE;
                    case 1 -> Identity.ALWAYS;
                    case 2 -> Identity.BY_DEFAULT;
                    default -> throw new CorruptBytes("identity kind " + identityCode);
                };
        ByteSlice missing = readOptional(in);
        return new ColumnDescriptor(
                id,
                name,
                type,
                notNull,
                defaultSql == null ? null : defaultSql.toUtf8(),
                identity,
                missing);
    }

    private static void writeIndex(IndexDescriptor index, ByteWriter out) {
        out.putVarLong(index.oid());
        out.putVarInt(index.keyId());
        out.putString(index.name());
        out.putBoolean(index.unique());
        out.putBoolean(index.primary());
        writeList(index.columnIds(), out, (id, to) -> to.putVarInt(id));
        writeOptional(index.constraint() == null ? null : ByteSlice.utf8(index.constraint()), out);
    }

    private static IndexDescriptor readIndex(ByteReader in) {
        long oid = in.getVarLong();
        int keyId = in.getVarInt();
        String name = in.getString();
        boolean unique = in.getBoolean();
        boolean primary = in.getBoolean();
        List<Integer> columnIds = readList(in, ByteReader::getVarInt);
        ByteSlice constraint = readOptional(in);
        return new IndexDescriptor(
                oid,
                keyId,
                name,
                unique,
                primary,
                columnIds,
                constraint == null ? null : constraint.toUtf8());
    }

    private static void writeCheck(CheckDescriptor check, ByteWriter out) {
        out.putVarLong(check.oid());
        out.putString(check.name());
        out.putString(check.expressionSql());
    }

    private static CheckDescriptor readCheck(ByteReader in) {
        return new CheckDescriptor(in.getVarLong(), in.getString(), in.getString());
    }

    private static void writeType(SqlType type, ByteWriter out) {
        out.putInt(type.oid());
        out.putInt(type.typmod());
    }

    private static SqlType readType(ByteReader in) {
        int oid = in.getInt();
        int typmod = in.getInt();
        SqlType type = Types.byOid(oid);
        if (type == null) {
            throw new CorruptBytes("no type has the oid " + oid);
        }
        return type.withTypmod(typmod);
    }

    private static void writeOptional(@Nullable ByteSlice bytes, ByteWriter out) {
        out.putBoolean(bytes != null);
        if (bytes != null) {
            out.putBytes(bytes);
        }
    }

    private static @Nullable ByteSlice readOptional(ByteReader in) {
        return in.getBoolean() ? in.getBytes() : null;
    }

    private static <T> void writeList(
            List<T> items, ByteWriter out, BiConsumer<T, ByteWriter> writer) {
        out.putVarInt(items.size());
        items.forEach(item -> writer.accept(item, out));
    }

    private static <T> List<T> readList(ByteReader in, Function<ByteReader, T> reader) {
        int count = in.getCount();
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(reader.apply(in));
        }
        return items;
    }
}
