package io.quorate.sql.query;

import io.quorate.common.check.Check;
import io.quorate.sql.bind.TypeBinder;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Descriptors from a line each: `table t a int, b text not null default 'x' ; primary a ; unique u b,a
/// ; index i b ; check c a > 0`.
final class TestTables {
    private TestTables() {}

    static TableDescriptor parse(String line, long oid) {
        String[] parts = line.split(";");
        String[] head = parts[0].strip().split("\\s+", 3);
        String name = head[1];
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (String column : head[2].split(",(?![^(]*\\))")) {
            columns.add(column(column.strip(), columns.size() + 1));
        }
        IndexDescriptor primary =
                new IndexDescriptor(oid + 1, 1, name + "_pkey", true, true, List.of(), null);
        List<IndexDescriptor> secondary = new ArrayList<>();
        List<CheckDescriptor> checks = new ArrayList<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] words = part.strip().split("\\s+", 3);
            switch (words[0]) {
                case "primary" -> {
                    List<Integer> ids = ids(columns, words[1]);
                    for (int id : ids) {
                        columns.set(id - 1, columns.get(id - 1).withNotNull(true));
                    }
                    primary =
                            new IndexDescriptor(
                                    oid + 1, 1, name + "_pkey", true, true, ids, name + "_pkey");
                }
                case "unique", "index" -> {
                    int number = secondary.size() + 2;
                    secondary.add(
                            new IndexDescriptor(
                                    oid + number,
                                    number,
                                    words[1],
                                    words[0].equals("unique"),
                                    false,
                                    ids(columns, words[2]),
                                    null));
                }
                case "check" -> checks.add(new CheckDescriptor(oid + 50, words[1], words[2]));
                default -> throw Check.unreachable("a table line has no " + words[0]);
            }
        }
        return new TableDescriptor(
                oid,
                "public",
                name,
                1,
                columns,
                primary,
                secondary,
                checks,
                List.of(),
                columns.size() + 1,
                secondary.size() + 2,
                false);
    }

    private static ColumnDescriptor column(String text, int id) {
        String rest = text;
        @Nullable String defaultSql = null;
        int at = rest.indexOf(" default ");
        if (at > 0) {
            defaultSql = rest.substring(at + " default ".length());
            rest = rest.substring(0, at);
        }
        boolean notNull = rest.endsWith(" not null");
        if (notNull) {
            rest = rest.substring(0, rest.length() - " not null".length());
        }
        int blank = rest.indexOf(' ');
        TypeName type = Parser.parseType(rest.substring(blank + 1));
        SqlType resolved = TypeBinder.resolve(type);
        return new ColumnDescriptor(
                id, rest.substring(0, blank), resolved, notNull, defaultSql, Identity.NONE, null);
    }

    private static List<Integer> ids(List<ColumnDescriptor> columns, String names) {
        List<Integer> ids = new ArrayList<>();
        for (String name : names.split(",")) {
            for (ColumnDescriptor column : columns) {
                if (column.name().equals(name)) {
                    ids.add(column.id());
                }
            }
        }
        return ids;
    }
}
