package io.quorate.sql.system;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.SystemView.SystemColumn;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of one relation while they are computed. Values are given by column name; a column that
/// is not given is null, or the zero of its type where it may not be null.
final class RowSet {
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final @Nullable Object[] blank;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    RowSet(Shape shape) {
        List<SystemColumn> columns = shape.columns();
        blank = new Object[columns.size()];
        for (int i = 0; i < blank.length; i++) {
            positions.put(columns.get(i).name(), i);
            blank[i] = columns.get(i).notNull() ? zero(columns.get(i).type()) : null;
        }
    }

    /// Begins a row.
    Row row() {
        @Nullable Object[] values = blank.clone();
        rows.add(values);
        return new Row(values);
    }

    List<@Nullable Object[]> rows() {
        return rows;
    }

    private static Object zero(SqlType type) {
        return switch (type.kind()) {
            case BOOL -> false;
            case INT2, INT4, INT8, OID, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> 0L;
            case FLOAT4 -> 0f;
            case FLOAT8 -> 0d;
            case TEXT, VARCHAR, BPCHAR, CHAR, NAME -> "";
            case ARRAY, VECTOR ->
                    SqlArray.empty(Check.present(type.element(), "arrays have elements"));
            case BYTEA, NUMERIC, INTERVAL, UUID, UNKNOWN, VOID, RECORD, PSEUDO ->
                    throw Check.unreachable("no column of that type is NOT NULL: " + type.name());
        };
    }

    /// A row being filled.
    final class Row {
        private final @Nullable Object[] values;

        private Row(@Nullable Object[] values) {
            this.values = values;
        }

        Row set(String column, @Nullable Object value) {
            Integer position = Check.present(positions.get(column), column);
            Check.that(!(value instanceof Integer), "integers are Long: %s", column);
            values[position] = value;
            return this;
        }

        Row set(String column, long value) {
            return set(column, (Object) value);
        }

        Row set(String column, boolean value) {
            return set(column, (Object) value);
        }

        /// SQL's way of saying it in information_schema.
        Row setYesNo(String column, boolean value) {
            return set(column, value ? "YES" : "NO");
        }
    }
}
