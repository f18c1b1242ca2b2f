package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyRange;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.exec.IndexAccess.Bound;
import io.quorate.sql.exec.IndexAccess.KeyValues;
import io.quorate.sql.row.Keys;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The keys that an [IndexAccess] reads for one row of values, in key order and without overlaps.
final class KeyRanges {
    private KeyRanges() {}

    /// For an access to single entries: their keys.
    static List<ByteSlice> points(
            TableRows rows, IndexAccess access, Frame frame, @Nullable Object[] row) {
        TreeSet<ByteSlice> keys = new TreeSet<>();
        for (@Nullable Object[] values : combinations(rows, access, frame, row)) {
            keys.add(rows.prefix(access.index(), values));
        }
        return List.copyOf(keys);
    }

    static List<KeyRange> ranges(
            TableRows rows, IndexAccess access, Frame frame, @Nullable Object[] row) {
        if (access.values().isEmpty() && access.lower() == null && access.upper() == null) {
            return List.of(Keys.ofIndex(rows.table(), access.index()));
        }
        // Sets of equal length and different values are disjoint ranges; the order of their keys is
        // the order of their prefixes.
        List<KeyRange> ranges = new ArrayList<>();
        for (@Nullable Object[] values : combinations(rows, access, frame, row)) {
            KeyRange range = bounded(rows, access, values, frame, row);
            if (range != null && !range.isEmpty()) {
                ranges.add(range);
            }
        }
        ranges.sort((left, right) -> left.start().compareTo(right.start()));
        List<KeyRange> distinct = new ArrayList<>();
        for (KeyRange range : ranges) {
            if (distinct.isEmpty() || !distinct.getLast().equals(range)) {
                distinct.add(range);
            }
        }
        return distinct;
    }

    /// Every combination of the values of the first columns; those that no row can have are left out.
    private static List<@Nullable Object[]> combinations(
            TableRows rows, IndexAccess access, Frame frame, @Nullable Object[] row) {
        List<@Nullable Object[]> combinations = new ArrayList<>();
        combinations.add(new Object[0]);
        for (int i = 0; i < access.values().size(); i++) {
            SqlType type = columnType(rows.table(), access, i);
            List<Object> choices = choices(access.values().get(i), type, frame, row);
            List<@Nullable Object[]> longer = new ArrayList<>();
            for (@Nullable Object[] prefix : combinations) {
                for (Object choice : choices) {
                    longer.add(appended(prefix, choice));
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    private static List<Object> choices(
            KeyValues values, SqlType type, Frame frame, @Nullable Object[] row) {
        List<@Nullable Object> all = new ArrayList<>();
        switch (values) {
            case KeyValues.One one -> all.add(one.value().evaluate(frame, row));
            case KeyValues.Many many ->
                    many.values().forEach(value -> all.add(value.evaluate(frame, row)));
            case KeyValues.Elements elements -> {
                SqlArray array = (SqlArray) elements.array().evaluate(frame, row);
                for (int i = 0; array != null && i < array.size(); i++) {
                    all.add(array.get(i));
                }
            }
        }
        List<Object> choices = new ArrayList<>();
        for (Object value : all) {
            if (value != null && side(value, type) == 0) {
                choices.add(value);
            }
        }
        return choices;
    }

    private static @Nullable KeyRange bounded(
            TableRows rows,
            IndexAccess access,
            @Nullable Object[] values,
            Frame frame,
            @Nullable Object[] row) {
        KeyRange whole = rows.range(access.index(), values);
        if (access.lower() == null && access.upper() == null) {
            return whole;
        }
        SqlType type = columnType(rows.table(), access, values.length);
        ByteSlice start = whole.start();
        // NULL comes last and satisfies no bound.
        ByteSlice end = rows.prefix(access.index(), appended(values, null));
        Bound lower = access.lower();
        if (lower != null) {
            Object value = lower.value().evaluate(frame, row);
            if (value == null || side(value, type) > 0) {
                return null;
            }
            if (side(value, type) == 0) {
                ByteSlice prefix = rows.prefix(access.index(), appended(values, value));
                ByteSlice behind = prefix.prefixEnd();
                start = lower.inclusive() || behind == null ? prefix : behind;
            }
        }
        Bound upper = access.upper();
        if (upper != null) {
            Object value = upper.value().evaluate(frame, row);
            if (value == null || side(value, type) < 0) {
                return null;
            }
            if (side(value, type) == 0) {
                ByteSlice prefix = rows.prefix(access.index(), appended(values, value));
                ByteSlice behind = prefix.prefixEnd();
                end = upper.inclusive() && behind != null ? behind : prefix;
            }
        }
        return new KeyRange(start, end);
    }

    /// Where a value lies that is compared with a column: below all that its type can hold (-1), above
    /// (1), or among them (0). Integers of different width can be compared with each other.
    private static int side(Object value, SqlType type) {
        if (!GroupKey.isInteger(type)) {
            return 0;
        }
        long number = (Long) value;
        int bits = 8 * type.lengthBytes();
        long largest = bits == 64 ? Long.MAX_VALUE : (1L << (bits - 1)) - 1;
        return number > largest ? 1 : number < -largest - 1 ? -1 : 0;
    }

    private static SqlType columnType(TableDescriptor table, IndexAccess access, int position) {
        int columnId = access.index().columnIds().get(position);
        return table.columns().get(table.positionOf(columnId)).type();
    }

    private static @Nullable Object[] appended(@Nullable Object[] values, @Nullable Object value) {
        @Nullable Object[] longer = java.util.Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        return longer;
    }
}
