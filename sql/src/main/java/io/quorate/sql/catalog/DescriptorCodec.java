package io.quorate.sql.catalog;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.ViewDescriptor.ViewColumn;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Descriptors as bytes. Version 2; each version appends to the one before, and all are read.
final class DescriptorCodec {
    private static final int VERSION = 2;

    /// From this version on tables have foreign keys.
    private static final int FOREIGN_KEYS_SINCE = 2;

    /// A comment with what it is about.
    record Comment(CommentTarget target, String text) {}

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
        writeList(table.foreignKeys(), out, DescriptorCodec::writeForeignKey);
        return out.toSlice();
    }

    static TableDescriptor readTable(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = version(in);
        TableDescriptor table =
                new TableDescriptor(
                        in.getVarLong(),
                        in.getString(),
                        in.getString(),
                        in.getVarInt(),
                        readList(in, DescriptorCodec::readColumn),
                        readIndex(in),
                        readList(in, DescriptorCodec::readIndex),
                        readList(in, DescriptorCodec::readCheck),
                        List.of(),
                        in.getVarInt(),
                        in.getVarInt(),
                        in.getBoolean());
        return version < FOREIGN_KEYS_SINCE
                ? table
                : table.withStoredForeignKeys(readList(in, DescriptorCodec::readForeignKey));
    }

    static ByteSlice write(ViewDescriptor view) {
        ByteWriter out = new ByteWriter(256);
        out.putByte(VERSION);
        out.putVarLong(view.oid());
        out.putString(view.schema());
        out.putString(view.name());
        writeList(
                view.columns(),
                out,
                (column, to) -> {
                    to.putString(column.name());
                    writeType(column.type(), to);
                });
        out.putString(view.sql());
        writeList(view.searchPath(), out, (name, to) -> to.putString(name));
        return out.toSlice();
    }

    static ViewDescriptor readView(ByteSlice bytes) {
        ByteReader in = open(bytes);
        return new ViewDescriptor(
                in.getVarLong(),
                in.getString(),
                in.getString(),
                readList(in, each -> new ViewColumn(each.getString(), readType(each))),
                in.getString(),
                readList(in, ByteReader::getString));
    }

    static ByteSlice write(CommentTarget target, String text) {
        ByteWriter out = new ByteWriter(32 + text.length());
        out.putByte(VERSION);
        out.putVarLong(target.classOid());
        out.putVarLong(target.objectOid());
        out.putVarInt(target.subId());
        out.putString(text);
        return out.toSlice();
    }

    static Comment readComment(ByteSlice bytes) {
        ByteReader in = open(bytes);
        CommentTarget target = new CommentTarget(in.getVarLong(), in.getVarLong(), in.getVarInt());
        return new Comment(target, in.getString());
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
        version(in);
        return in;
    }

    private static int version(ByteReader in) {
        int version = in.getByte();
        if (version < 1 || version > VERSION) {
            throw new CorruptBytes(
                    "a descriptor of version " + version + ", this release reads 1 to " + VERSION);
        }
        return version;
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

    private static void writeForeignKey(ForeignKeyDescriptor key, ByteWriter out) {
        out.putVarLong(key.oid());
        out.putString(key.name());
        writeList(key.columnIds(), out, (id, to) -> to.putVarInt(id));
        out.putVarLong(key.referencedTable());
        out.putVarLong(key.referencedIndex());
        writeList(key.referencedColumnIds(), out, (id, to) -> to.putVarInt(id));
        out.putBoolean(key.full());
        out.putString(key.onUpdate().code());
        out.putString(key.onDelete().code());
        writeList(key.onDeleteColumnIds(), out, (id, to) -> to.putVarInt(id));
    }

    private static ForeignKeyDescriptor readForeignKey(ByteReader in) {
        return new ForeignKeyDescriptor(
                in.getVarLong(),
                in.getString(),
                readList(in, ByteReader::getVarInt),
                in.getVarLong(),
                in.getVarLong(),
                readList(in, ByteReader::getVarInt),
                in.getBoolean(),
                readAction(in),
                readAction(in),
                readList(in, ByteReader::getVarInt));
    }

    private static ForeignKeyDescriptor.Action readAction(ByteReader in) {
        String code = in.getString();
        for (ForeignKeyDescriptor.Action action : ForeignKeyDescriptor.Action.values()) {
            if (action.code().equals(code)) {
                return action;
            }
        }
        throw new CorruptBytes("referential action " + code);
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
