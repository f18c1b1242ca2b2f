package io.quorate.sql.row;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.region.api.KeyRange;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.type.KeyEncoding;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.ValueEncoding;
import io.quorate.tso.api.Timestamp;
import org.jspecify.annotations.Nullable;

/// The rows of one table version in both forms. A row is an array of values in the order of
/// [TableDescriptor#columns()]. Immutable, shared by threads.
public final class TableRows {
    private static final int ROW_VERSION = 1;
    private static final int ENTRY_VERSION = 1;

    private final TableDescriptor table;
    private final int[] primaryPositions;
    private final boolean[] storedInValue;
    private final int[] positionById;

    public TableRows(TableDescriptor table) {
        this.table = table;
        primaryPositions = table.positionsOf(table.primary());
        storedInValue = new boolean[table.columns().size()];
        positionById = new int[table.nextColumnId()];
        java.util.Arrays.fill(positionById, -1);
        for (int i = 0; i < storedInValue.length; i++) {
            storedInValue[i] = true;
            positionById[table.columns().get(i).id()] = i;
        }
        for (int position : primaryPositions) {
            storedInValue[position] = !KeyEncoding.isExact(typeAt(position));
        }
    }

    public TableDescriptor table() {
        return table;
    }

    /// An entry of an index other than the primary one.
    public record IndexEntry(ByteSlice key, ByteSlice value, boolean mustBeUnique) {}

    /// The key of a row of a table with a primary key, whose columns are not null.
    public ByteSlice rowKey(@Nullable Object[] row) {
        Check.that(!table.hasHiddenRowId(), "a table with a primary key is keyed by its columns");
        ByteWriter out = Keys.indexPrefix(table, table.primary());
        for (int position : primaryPositions) {
            KeyEncoding.encode(typeAt(position), row[position], out);
        }
        return out.toSlice();
    }

    /// A key for a new row of a table without a primary key: unique because start timestamps are, and
    /// in the order of insertion.
    public ByteSlice newHiddenKey(Timestamp start, int numberInTransaction) {
        Check.that(table.hasHiddenRowId(), "only tables without a primary key have hidden row ids");
        ByteWriter out = Keys.indexPrefix(table, table.primary());
        out.putLong(start.value());
        out.putInt(numberInTransaction);
        return out.toSlice();
    }

    public ByteSlice rowValue(@Nullable Object[] row) {
        ByteWriter out = new ByteWriter(64);
        out.putByte(ROW_VERSION);
        ByteWriter scratch = new ByteWriter(32);
        for (int i = 0; i < storedInValue.length; i++) {
            if (storedInValue[i]) {
                writeColumn(table.columns().get(i), row[i], out, scratch);
            }
        }
        return out.toSlice();
    }

    /// The row behind a key and value of the primary index.
    public @Nullable Object[] decode(ByteSlice key, ByteSlice value) {
        @Nullable Object[] row = new Object[storedInValue.length];
        boolean[] seen = new boolean[storedInValue.length];
        decodeKeyInto(key, row, seen);
        decodeValueInto(value, row, seen);
        for (int i = 0; i < row.length; i++) {
            ByteSlice missing = table.columns().get(i).missing();
            if (!seen[i] && missing != null) {
                row[i] = ValueEncoding.decode(typeAt(i), missing);
            }
        }
        return row;
    }

    /// The entry of a row in an index.
    public IndexEntry entry(IndexDescriptor index, @Nullable Object[] row, ByteSlice rowKey) {
        ByteWriter out = Keys.indexPrefix(table, index);
        boolean hasNull = false;
        for (int columnId : index.columnIds()) {
            int position = positionById[columnId];
            hasNull |= row[position] == null;
            KeyEncoding.encode(typeAt(position), row[position], out);
        }
        ByteSlice reference = Keys.withoutPrefix(rowKey);
        ByteWriter value = new ByteWriter(1 + reference.length());
        value.putByte(ENTRY_VERSION);
        boolean unique = index.unique() && !hasNull;
        if (unique) {
            value.putRaw(reference);
        } else {
            out.putRaw(reference);
        }
        return new IndexEntry(out.toSlice(), value.toSlice(), unique);
    }

    /// The key of the row that an index entry stands for.
    public ByteSlice rowKeyOf(IndexDescriptor index, ByteSlice entryKey, ByteSlice entryValue) {
        if (entryValue.isEmpty() || entryValue.get(0) != ENTRY_VERSION) {
            throw new CorruptBytes("index " + index.name() + " has an entry of an unknown version");
        }
        ByteSlice reference = entryValue.slice(1);
        if (reference.isEmpty()) {
            ByteReader in = new ByteReader(Keys.withoutPrefix(entryKey));
            for (int columnId : index.columnIds()) {
                KeyEncoding.decode(typeAt(positionById[columnId]), in);
            }
            reference = in.getRaw(in.remaining());
        }
        ByteWriter out = Keys.indexPrefix(table, table.primary());
        out.putRaw(reference);
        return out.toSlice();
    }

    /// The key prefix of an index whose first columns have these values.
    public ByteSlice prefix(IndexDescriptor index, @Nullable Object[] firstValues) {
        ByteWriter out = Keys.indexPrefix(table, index);
        for (int i = 0; i < firstValues.length; i++) {
            SqlType type = typeAt(positionById[index.columnIds().get(i)]);
            KeyEncoding.encode(type, firstValues[i], out);
        }
        return out.toSlice();
    }

    /// The entries of an index whose first columns have these values.
    public KeyRange range(IndexDescriptor index, @Nullable Object[] firstValues) {
        return KeyRange.prefix(prefix(index, firstValues));
    }

    private void decodeKeyInto(ByteSlice key, @Nullable Object[] row, boolean[] seen) {
        if (primaryPositions.length == 0) {
            return;
        }
        ByteReader in = new ByteReader(Keys.withoutPrefix(key));
        for (int position : primaryPositions) {
            row[position] = KeyEncoding.decode(typeAt(position), in);
            seen[position] = true;
        }
    }

    private void decodeValueInto(ByteSlice value, @Nullable Object[] row, boolean[] seen) {
        ByteReader in = new ByteReader(value);
        int version = in.getByte();
        if (version != ROW_VERSION) {
            throw new CorruptBytes("table " + table.name() + " has a row of version " + version);
        }
        while (in.remaining() > 0) {
            int tag = in.getVarInt();
            int columnId = tag >>> 1;
            boolean isNull = (tag & 1) != 0;
            int position = columnId < positionById.length ? positionById[columnId] : -1;
            ByteSlice bytes = isNull ? ByteSlice.EMPTY : in.getBytes();
            if (position >= 0) {
                row[position] = isNull ? null : ValueEncoding.decode(typeAt(position), bytes);
                seen[position] = true;
            }
        }
    }

    /// NULL is written only where its absence would mean something else.
    private static void writeColumn(
            ColumnDescriptor column, @Nullable Object value, ByteWriter out, ByteWriter scratch) {
        if (value == null) {
            if (column.missing() != null) {
                out.putVarInt(column.id() << 1 | 1);
            }
            return;
        }
        out.putVarInt(column.id() << 1);
        scratch.clear();
        ValueEncoding.encode(column.type(), value, scratch);
        out.putVarInt(scratch.length());
        out.putRaw(scratch.backingArray(), 0, scratch.length());
    }

    private SqlType typeAt(int position) {
        return table.columns().get(position).type();
    }
}
