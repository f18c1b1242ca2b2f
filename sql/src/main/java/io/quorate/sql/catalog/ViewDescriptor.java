package io.quorate.sql.catalog;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// A view: a query that stands for a table where it is read.
///
/// @param sql the query as text, with every `*` spread out
/// @param searchPath in which the query's names are looked up, whatever that of its user
public record ViewDescriptor(
        long oid,
        String schema,
        String name,
        List<ViewColumn> columns,
        String sql,
        List<String> searchPath)
        implements Relation {
    public ViewDescriptor {
        columns = List.copyOf(columns);
        searchPath = List.copyOf(searchPath);
    }

    public record ViewColumn(String name, SqlType type) implements RelationColumn {
        @Override
        public boolean notNull() {
            return false;
        }
    }

    public ViewDescriptor withName(String newName) {
        return new ViewDescriptor(oid, schema, newName, columns, sql, searchPath);
    }
}
