package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;

/// Turns a query block into groups: first [#collect] what its expressions need, then make the
/// relation, then [#regrouped] each expression over it.
final class Grouping {
    private final Binding binding;
    private final Scope scope;
    private final List<Expr> groups;
    private final List<AggregateCall> calls = new ArrayList<>();

    /// @param scope of the block, for the primary keys of its tables
    Grouping(Binding binding, Scope scope, List<Expr> groupBy) {
        this.binding = binding;
        this.scope = scope;
        this.groups = new ArrayList<>();
        for (Expr each : groupBy) {
            if (!groups.contains(each)) {
                groups.add(each);
            }
        }
    }

    /// Notes the aggregates of an expression, and the columns that the groups determine by a primary
    /// key. 42803 for any other column outside of an aggregate.
    void collect(Expr expr) {
        collect(expr, false);
    }

    private void collect(Expr expr, boolean inSubquery) {
        if (groups.contains(expr)) {
            return;
        }
        if (expr instanceof Expr.PendingAggregate pending) {
            if (!calls.contains(pending.call())) {
                calls.add(pending.call());
            }
            return;
        }
        if (expr instanceof Expr.ColumnRef column) {
            if (!isDetermined(column)) {
                throw ungrouped(column, inSubquery);
            }
            groups.add(column);
            return;
        }
        if (expr instanceof Expr.Subquery subquery) {
            subquery.left().forEach(each -> collect(each, inSubquery));
            subquery.arguments().forEach(each -> collect(each, true));
            return;
        }
        expr.children().forEach(each -> collect(each, inSubquery));
    }

    /// Whether the column's table has a primary key whose columns are all groups.
    private boolean isDetermined(Expr.ColumnRef column) {
        for (Scope.Table table : scope.tables()) {
            TableDescriptor descriptor = table.table();
            if (descriptor == null || descriptor.hasHiddenRowId() || !has(table, column)) {
                continue;
            }
            boolean all = true;
            for (int position : descriptor.positionsOf(descriptor.primary())) {
                all &= groups.contains(table.columns().get(position).expr());
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Scope.Table table, Expr.ColumnRef column) {
        return table.columns().stream().anyMatch(each -> each.expr().equals(column));
    }

    private RuntimeException ungrouped(Expr.ColumnRef column, boolean inSubquery) {
        Binding.NamePlace place = binding.placeOf(column);
        String name = place == null ? nameOf(column) : place.name();
        int position = place == null ? 0 : place.position();
        return Errors.error(
                ErrorCode.GROUPING_ERROR,
                inSubquery
                        ? "subquery uses ungrouped column \"" + name + "\" from outer query"
                        : "column \""
                                + name
                                + "\" must appear in the GROUP BY clause or be used in an"
                                + " aggregate function",
                position);
    }

    private String nameOf(Expr.ColumnRef column) {
        for (Scope.Table table : scope.tables()) {
            for (Scope.Column each : table.columns()) {
                if (each.expr().equals(column)) {
                    return each.display();
                }
            }
        }
        return "?";
    }

    Rel.Aggregate relation(Rel input) {
        return new Rel.Aggregate(input, List.copyOf(groups), List.copyOf(calls));
    }

    /// The same expression over the rows of the groups.
    Expr regrouped(Expr expr) {
        int group = groups.indexOf(expr);
        if (group >= 0) {
            return new Expr.ColumnRef(group, expr.type());
        }
        if (expr instanceof Expr.PendingAggregate pending) {
            return new Expr.ColumnRef(groups.size() + calls.indexOf(pending.call()), expr.type());
        }
        List<Expr> children = expr.children();
        return children.isEmpty()
                ? expr
                : expr.withChildren(children.stream().map(this::regrouped).toList());
    }

    static boolean hasAggregate(Expr expr) {
        return Exprs.any(expr, each -> each instanceof Expr.PendingAggregate);
    }
}
