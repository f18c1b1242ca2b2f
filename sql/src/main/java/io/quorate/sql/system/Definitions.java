package io.quorate.sql.system;

import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor.Action;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.print.Identifiers;
import io.quorate.sql.system.ObjectIndex.OfTable;
import io.quorate.sql.type.SqlType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Objects as the statements that would make them.
record Definitions(CatalogNames names) {
    /// `'public.t_id_seq'::regclass` as defaults keep it.
    private static final Pattern STORED_REGCLASS = Pattern.compile("'((?:[^']|'')+)'::regclass");

    /// The statement for an index, or one of its columns.
    ///
    /// @param column from 1, 0 for the whole
    /// @param pretty with the table's name as short as the search path allows
    @Nullable String index(long oid, int column, boolean pretty) {
        OfTable<IndexDescriptor> found = names.objects().index(oid);
        if (found == null) {
            return null;
        }
        List<ColumnDescriptor> columns = IndexFamily.columns(found.table(), found.part());
        if (column > 0) {
            return column > columns.size()
                    ? null
                    : Identifiers.quote(columns.get(column - 1).name());
        }
        return "CREATE "
                + (found.part().unique() ? "UNIQUE " : "")
                + "INDEX "
                + Identifiers.quote(found.part().name())
                + " ON "
                + tableName(found.table(), pretty)
                + " USING btree ("
                + columnList(columns)
                + ")";
    }

    /// The query of a view.
    static String view(ViewDescriptor view) {
        return " " + view.sql() + ";";
    }

    @Nullable String view(long oid) {
        for (ViewDescriptor view : names.schema().views()) {
            if (view.oid() == oid) {
                return view(view);
            }
        }
        return null;
    }

    /// A constraint: a check or foreign key by its own oid, a key by that of its index.
    @Nullable String constraint(long oid, boolean pretty) {
        OfTable<CheckDescriptor> check = names.objects().check(oid);
        if (check != null) {
            String expression = unwrapped(expression(check.part().expressionSql()));
            return pretty ? "CHECK (" + expression + ")" : "CHECK ((" + expression + "))";
        }
        OfTable<ForeignKeyDescriptor> foreignKey = names.objects().foreignKey(oid);
        if (foreignKey != null) {
            return foreignKey(foreignKey.table(), foreignKey.part());
        }
        OfTable<IndexDescriptor> key = names.objects().index(oid);
        if (key == null || IndexFamily.constraintName(key.part()) == null) {
            return null;
        }
        return (key.part().primary() ? "PRIMARY KEY (" : "UNIQUE (")
                + columnList(IndexFamily.columns(key.table(), key.part()))
                + ")";
    }

    private @Nullable String foreignKey(TableDescriptor table, ForeignKeyDescriptor key) {
        TableDescriptor referenced = names.schema().table(key.referencedTable());
        if (referenced == null) {
            return null;
        }
        StringBuilder sql = new StringBuilder("FOREIGN KEY (");
        sql.append(columnList(columns(table, key.columnIds())))
                .append(") REFERENCES ")
                .append(names.relationName(referenced.oid()))
                .append('(')
                .append(columnList(columns(referenced, key.referencedColumnIds())))
                .append(')');
        if (key.full()) {
            sql.append(" MATCH FULL");
        }
        if (key.onUpdate() != Action.NO_ACTION) {
            sql.append(" ON UPDATE ").append(key.onUpdate().sql());
        }
        if (key.onDelete() != Action.NO_ACTION) {
            sql.append(" ON DELETE ").append(key.onDelete().sql());
        }
        if (!key.onDeleteColumnIds().isEmpty()) {
            sql.append(" (")
                    .append(columnList(columns(table, key.onDeleteColumnIds())))
                    .append(')');
        }
        return sql.toString();
    }

    private static List<ColumnDescriptor> columns(TableDescriptor table, List<Integer> ids) {
        return ids.stream().map(id -> table.columns().get(table.positionOf(id))).toList();
    }

    /// A stored expression with the names of relations as the search path asks for them.
    String expression(String stored) {
        Matcher matcher = STORED_REGCLASS.matcher(stored);
        return matcher.replaceAll(
                match -> Matcher.quoteReplacement(shortened(match.group(), match.group(1))));
    }

    /// Without the pair of parentheses around the whole, where there is one.
    private static String unwrapped(String expression) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\'' || c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            }
            if (depth == 0) {
                boolean whole = i > 0 && i == expression.length() - 1;
                return whole ? expression.substring(1, i) : expression;
            }
        }
        return expression;
    }

    private String shortened(String whole, String name) {
        Long oid = names.oidOf(SqlType.REGCLASS, name.replace("''", "'"));
        String shown = oid == null ? null : names.relationName(oid);
        return shown == null ? whole : Identifiers.literal(shown) + "::regclass";
    }

    private @Nullable String tableName(TableDescriptor table, boolean pretty) {
        return pretty
                ? names.relationName(table.oid())
                : Identifiers.quote(List.of(table.schema(), table.name()));
    }

    private static String columnList(List<ColumnDescriptor> columns) {
        return columns.stream()
                .map(column -> Identifiers.quote(column.name()))
                .collect(Collectors.joining(", "));
    }
}
