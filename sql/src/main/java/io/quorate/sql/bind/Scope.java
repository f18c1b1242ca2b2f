package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The names that an expression may use: those of one query block's FROM, and through the closure
/// those of the blocks around it. Immutable.
///
/// @param tables what can stand before a dot
/// @param columns what can stand alone, in the order of `*`
/// @param commonTables what WITH defines, the innermost first
record Scope(
        Closure closure,
        List<Table> tables,
        List<Column> columns,
        List<CommonTables.Definition> commonTables) {
    /// A name of FROM.
    ///
    /// @param columns all of it, whether or not a join hides them from `*`
    /// @param table the table it is; null for a subquery and the like
    /// @param keySlot where the row's key stands, -1 if it does not
    /// @param hidden what can be named but is not part of `*`
    record Table(
            String alias,
            @Nullable String schema,
            List<Column> columns,
            @Nullable TableDescriptor table,
            int keySlot,
            List<Column> hidden) {
        Table(
                String alias,
                @Nullable String schema,
                List<Column> columns,
                @Nullable TableDescriptor table,
                int keySlot) {
            this(alias, schema, columns, table, keySlot, List.of());
        }

        Table withHidden(List<Column> newHidden) {
            return new Table(alias, schema, columns, table, keySlot, newHidden);
        }

        Table mapped(UnaryOperator<Expr> mapping, int shift) {
            return new Table(
                    alias,
                    schema,
                    columns.stream().map(column -> column.mapped(mapping)).toList(),
                    table,
                    keySlot < 0 ? -1 : keySlot + shift,
                    hidden.stream().map(column -> column.mapped(mapping)).toList());
        }
    }

    /// @param expr its value over the block's row
    /// @param tableOid and `number`: the table column it is, or 0
    record Column(String name, Expr expr, long tableOid, int number, @Nullable String table) {
        Column mapped(UnaryOperator<Expr> mapping) {
            return new Column(name, mapping.apply(expr), tableOid, number, table);
        }

        Column renamed(String newName, @Nullable String newTable) {
            return new Column(newName, expr, tableOid, number, newTable);
        }

        String display() {
            return table == null ? name : table + "." + name;
        }
    }

    /// Without any names of FROM.
    static Scope empty(Closure closure, List<CommonTables.Definition> commonTables) {
        return new Scope(closure, List.of(), List.of(), commonTables);
    }

    Scope withCommonTables(List<CommonTables.Definition> newCommonTables) {
        return new Scope(closure, tables, columns, newCommonTables);
    }

    /// The column of that name alone, here or further out; null if there is none.
    @Nullable Column find(String name, int position) {
        Column found = only(columns, name, position);
        if (found == null) {
            List<Column> hidden = new ArrayList<>();
            tables.forEach(table -> hidden.addAll(table.hidden()));
            found = only(hidden, name, position);
        }
        Scope outer = closure.outer();
        if (found != null || outer == null) {
            return found;
        }
        return captured(outer.find(name, position));
    }

    /// The column of a table; null if the table is not visible.
    @Nullable Column find(@Nullable String schema, String alias, String name, int position) {
        Table table = findHere(schema, alias, position);
        if (table != null) {
            return columnOf(table, name, position);
        }
        Scope outer = closure.outer();
        return outer == null ? null : captured(outer.find(schema, alias, name, position));
    }

    /// All columns of a table, here or further out; null if it is not visible.
    @Nullable List<Column> findAll(@Nullable String schema, String alias, int position) {
        Table table = findHere(schema, alias, position);
        if (table != null) {
            return table.columns();
        }
        Scope outer = closure.outer();
        List<Column> found = outer == null ? null : outer.findAll(schema, alias, position);
        if (found == null) {
            return null;
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : found) {
            columns.add(column.mapped(closure::capture));
        }
        return columns;
    }

    private @Nullable Column captured(@Nullable Column outside) {
        return outside == null ? null : outside.mapped(closure::capture);
    }

    /// The table of that name in this block.
    @Nullable Table findHere(@Nullable String schema, String alias, int position) {
        Table found = null;
        for (Table table : tables) {
            if (table.alias().equals(alias) && (schema == null || schema.equals(table.schema()))) {
                if (found != null) {
                    throw Errors.error(
                            ErrorCode.AMBIGUOUS_ALIAS,
                            "table reference \"" + alias + "\" is ambiguous",
                            position);
                }
                found = table;
            }
        }
        return found;
    }

    private static Column columnOf(Table table, String name, int position) {
        Column found = only(table.columns(), name, position);
        if (found == null) {
            found = only(table.hidden(), name, position);
        }
        if (found == null) {
            throw Errors.error(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column " + table.alias() + "." + name + " does not exist",
                    position);
        }
        return found;
    }

    private static @Nullable Column only(List<Column> columns, String name, int position) {
        Column found = null;
        for (Column column : columns) {
            if (column.name().equals(name)) {
                if (found != null) {
                    throw ambiguous(name, position);
                }
                found = column;
            }
        }
        return found;
    }

    private static RuntimeException ambiguous(String name, int position) {
        return Errors.error(
                ErrorCode.AMBIGUOUS_COLUMN,
                "column reference \"" + name + "\" is ambiguous",
                position);
    }
}
