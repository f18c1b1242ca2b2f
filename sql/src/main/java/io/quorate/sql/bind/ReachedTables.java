package io.quorate.sql.bind;

import io.quorate.sql.algebra.BoundTable;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor.Action;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.Schema.Reference;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.type.SqlType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers what constraints ask of a change: those of the table itself, and those of every table that
/// the actions of foreign keys may reach from it.
final class ReachedTables {
    private final Schema schema;
    private final TableExpressions tableExpressions;
    private final OperatorBinder operators;
    private final Map<Long, BoundTable> reached = new LinkedHashMap<>();
    private final Deque<TableDescriptor> open = new ArrayDeque<>();

    private ReachedTables(Binding binding) {
        this.schema = binding.context().schema();
        this.tableExpressions = new TableExpressions(binding);
        this.operators = new OperatorBinder(binding, new Coercer(binding));
    }

    /// The table first.
    ///
    /// @param changesRows whether rows that are there go or change, rather than only new ones come
    static List<BoundTable> from(Binding binding, TableDescriptor table, boolean changesRows) {
        ReachedTables tables = new ReachedTables(binding);
        tables.bind(table, changesRows);
        while (!tables.open.isEmpty()) {
            TableDescriptor next = tables.open.remove();
            if (!tables.reached.containsKey(next.oid())) {
                tables.bind(next, true);
            }
        }
        return List.copyOf(tables.reached.values());
    }

    private void bind(TableDescriptor table, boolean changesRows) {
        List<BoundTable.Reference> references = new ArrayList<>();
        for (ForeignKeyDescriptor key : table.foreignKeys()) {
            TableDescriptor referenced = schema.table(key.referencedTable());
            if (referenced != null) {
                references.add(new BoundTable.Reference(key, referenced));
            }
        }
        List<BoundTable.Dependent> dependents = new ArrayList<>();
        if (changesRows) {
            for (Reference reference : schema.referencesTo(table)) {
                dependents.add(dependent(table, reference));
                open.add(reference.table());
            }
        }
        reached.put(
                table.oid(),
                new BoundTable(table, tableExpressions.checksOf(table), references, dependents));
    }

    private BoundTable.Dependent dependent(TableDescriptor table, Reference reference) {
        ForeignKeyDescriptor key = reference.key();
        List<Expr> conditions = new ArrayList<>();
        List<Expr> defaults = new ArrayList<>();
        for (int i = 0; i < key.columnIds().size(); i++) {
            int position = reference.table().positionOf(key.columnIds().get(i));
            ColumnDescriptor column = reference.table().columns().get(position);
            SqlType referenced =
                    table.columns().get(table.positionOf(key.referencedColumnIds().get(i))).type();
            conditions.add(
                    operators.infix(
                            "=",
                            new Expr.ColumnRef(position, column.type()),
                            new Expr.Correlated(i, referenced),
                            0));
            defaults.add(
                    setsDefaults(key)
                            ? tableExpressions.defaultOf(column)
                            : Expr.Constant.nullOf(column.type()));
        }
        Rel rows =
                new Rel.Filter(
                        new Rel.Scan(reference.table(), reference.table().name(), true),
                        Exprs.and(conditions));
        return new BoundTable.Dependent(key, reference.table(), rows, defaults);
    }

    private static boolean setsDefaults(ForeignKeyDescriptor key) {
        return key.onDelete() == Action.SET_DEFAULT || key.onUpdate() == Action.SET_DEFAULT;
    }
}
