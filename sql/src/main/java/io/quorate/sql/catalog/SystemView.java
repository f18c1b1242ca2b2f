package io.quorate.sql.catalog;

import io.quorate.sql.type.SqlType;
import java.util.List;
import java.util.function.Function;
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
    public record SystemContext(Schema schema, String database, String user) {}
}
