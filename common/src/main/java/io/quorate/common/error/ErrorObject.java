package io.quorate.common.error;

import org.jspecify.annotations.Nullable;

/// The database object an error is about, for the fields of the same names in PostgreSQL's error
/// messages.
public record ErrorObject(
        @Nullable String schema,
        @Nullable String table,
        @Nullable String column,
        @Nullable String dataType,
        @Nullable String constraint) {
    public static final ErrorObject NONE = new ErrorObject(null, null, null, null, null);

    public static ErrorObject ofColumn(String schema, String table, String column) {
        return new ErrorObject(schema, table, column, null, null);
    }

    public static ErrorObject ofConstraint(String schema, String table, String constraint) {
        return new ErrorObject(schema, table, null, null, constraint);
    }
}
