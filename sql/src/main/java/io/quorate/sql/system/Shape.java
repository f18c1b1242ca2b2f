package io.quorate.sql.system;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.SystemView.SystemColumn;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Types;
import java.util.ArrayList;
import java.util.List;

/// Name, oid and columns of a system relation, as the files `*.relations` list them.
///
/// @param table whether PostgreSQL stores it, rather than computing it as a view
record Shape(String schema, String name, long oid, boolean table, List<SystemColumn> columns) {
    Shape {
        columns = List.copyOf(columns);
    }

    /// All relations of a schema. A file has, for each, a line `table pg_am 2601` (or `view …`) and
    /// indented lines of `column type`, with `!` behind the type of a column that is never null.
    static List<Shape> read(String schema) {
        List<Shape> shapes = new ArrayList<>();
        String[] head = {};
        List<SystemColumn> columns = new ArrayList<>();
        for (String line : Resources.lines(schema + ".relations")) {
            if (line.startsWith(" ")) {
                for (String column : line.strip().split(", *")) {
                    columns.add(column(column));
                }
            } else {
                add(shapes, schema, head, columns);
                head = line.split(" ");
                columns = new ArrayList<>();
            }
        }
        add(shapes, schema, head, columns);
        return shapes;
    }

    private static void add(
            List<Shape> shapes, String schema, String[] head, List<SystemColumn> columns) {
        if (head.length == 3) {
            shapes.add(
                    new Shape(
                            schema,
                            head[1],
                            Long.parseLong(head[2]),
                            head[0].equals("table"),
                            columns));
        }
    }

    private static SystemColumn column(String text) {
        int blank = text.indexOf(' ');
        boolean notNull = text.endsWith("!");
        String typeName = text.substring(blank + 1, text.length() - (notNull ? 1 : 0));
        SqlType type = Check.present(Types.byName(typeName), "a known type: " + text);
        return new SystemColumn(text.substring(0, blank), type, notNull);
    }
}
