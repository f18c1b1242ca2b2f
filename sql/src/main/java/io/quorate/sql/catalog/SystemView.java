package io.quorate.sql.catalog;

import io.quorate.sql.type.SqlType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A relation of pg_catalog or information_schema: its rows are computed from a [Schema] snapshot and
/// the session, never stored.
///
/// @param rows the rows, one value per column
public record SystemView(
        long oid,
        String schema,
        String name,
        List<SystemColumn> columns,
        Function<SystemContext, Iterable<@Nullable Object[]>> rows)
        implements Relation {
    public SystemView {
        columns = List.copyOf(columns);
    }

    public record SystemColumn(String name, SqlType type, boolean notNull)
            implements RelationColumn {}

    /// What a view may look at.
    ///
    /// @param settings the session's, in the order of their names
    public record SystemContext(
            Schema schema, String database, String user, Supplier<List<Setting>> settings) {}

    /// A setting of the session, for `pg_settings`.
    ///
    /// @param startValue what RESET goes back to
    public record Setting(
            String name,
            String value,
            String defaultValue,
            String startValue,
            String description,
            boolean changeable) {
        public boolean isDefault() {
            return value.equals(defaultValue);
        }
    }
}
