package io.quorate.sql.plan;

import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.Subquery;
import io.quorate.sql.algebra.Expr.SubqueryKind;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.Rel.JoinKind;
import io.quorate.sql.algebra.Rels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the conditions `EXISTS (…)`, `NOT EXISTS (…)` and `x IN (…)` of a filter into joins, where
/// the query touches the row around it in its own conditions only. Whatever has another shape stays
/// a subquery and is run as such: nothing depends on this rewrite but speed.
final class Unnesting {
    private Unnesting() {}

    static Rel apply(Rel rel) {
        return Rels.rewrite(rel, each -> each instanceof Rel.Filter filter ? unnest(filter) : each);
    }

    private static Rel unnest(Rel.Filter filter) {
        Rel input = filter.input();
        List<Expr> kept = new ArrayList<>();
        for (Expr conjunct : Exprs.conjuncts(filter.condition())) {
            Rel joined = join(input, conjunct);
            if (joined == null) {
                kept.add(conjunct);
            } else {
                input = joined;
            }
        }
        return kept.isEmpty() ? input : new Rel.Filter(input, Exprs.and(kept));
    }

    private static @Nullable Rel join(Rel input, Expr conjunct) {
        if (conjunct instanceof Subquery subquery) {
            return switch (subquery.kind()) {
                case EXISTS -> exists(input, subquery, JoinKind.SEMI);
                case ANY -> in(input, subquery);
                case SCALAR, ALL, ARRAY -> null;
            };
        }
        return conjunct instanceof Expr.Not not
                        && not.operand() instanceof Subquery subquery
                        && subquery.kind() == SubqueryKind.EXISTS
                ? exists(input, subquery, JoinKind.ANTI)
                : null;
    }

    /// The rows of a query and the conditions on them that also look at the row around it.
    private record Core(Rel rel, List<Expr> conditions) {}

    /// @param kind without arguments the query runs once, as a subquery
    private static @Nullable Rel exists(Rel input, Subquery subquery, JoinKind kind) {
        if (subquery.arguments().isEmpty() || isVolatile(subquery)) {
            return null;
        }
        Rel query = subquery.query();
        while (query instanceof Rel.Project project) {
            query = project.input();
        }
        Core core = core(query);
        return core == null ? null : joined(kind, input, core, subquery);
    }

    private static @Nullable Rel in(Rel input, Subquery subquery) {
        if (isVolatile(subquery)
                || !subquery.comparisons().stream().allMatch(each -> each.isOperator("="))) {
            return null;
        }
        int width = input.types().size();
        List<Expr> values = new ArrayList<>();
        Rel query = subquery.query();
        if (query instanceof Rel.Project project) {
            query = project.input();
            project.expressions().forEach(value -> values.add(moved(value, subquery, width)));
        } else {
            for (int i = 0; i < subquery.left().size(); i++) {
                values.add(new Expr.ColumnRef(width + i, query.types().get(i)));
            }
        }
        Core core = core(query);
        if (core == null) {
            return null;
        }
        List<Expr> conditions = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Callee comparison = subquery.comparisons().get(i);
            conditions.add(
                    new Expr.Call(comparison, List.of(subquery.left().get(i), values.get(i))));
        }
        Rel join = joined(JoinKind.SEMI, input, core, subquery);
        return join instanceof Rel.Join made
                ? new Rel.Join(
                        made.kind(), made.left(), made.right(), both(conditions, made.condition()))
                : null;
    }

    private static Expr both(List<Expr> conditions, Expr more) {
        List<Expr> all = new ArrayList<>(conditions);
        all.addAll(Exprs.conjuncts(more));
        return Exprs.and(all);
    }

    private static boolean isVolatile(Subquery subquery) {
        return Exprs.isVolatile(subquery);
    }

    private static @Nullable Core core(Rel query) {
        List<Expr> conditions = new ArrayList<>();
        Rel rel = query;
        while (rel instanceof Rel.Filter filter) {
            conditions.addAll(Exprs.conjuncts(filter.condition()));
            rel = filter.input();
        }
        return Rels.isCorrelated(rel) ? null : new Core(rel, conditions);
    }

    private static Rel joined(JoinKind kind, Rel input, Core core, Subquery subquery) {
        int width = input.types().size();
        List<Expr> conditions = new ArrayList<>();
        for (Expr condition : core.conditions()) {
            conditions.add(moved(condition, subquery, width));
        }
        return new Rel.Join(kind, input, core.rel(), Exprs.and(conditions));
    }

    /// An expression of the query over the outer row followed by the query's.
    private static Expr moved(Expr expr, Subquery subquery, int width) {
        if (expr instanceof Expr.ColumnRef column) {
            return new Expr.ColumnRef(column.slot() + width, column.type());
        }
        if (expr instanceof Expr.Correlated correlated) {
            return subquery.arguments().get(correlated.index());
        }
        List<Expr> children = expr.children();
        return children.isEmpty()
                ? expr
                : expr.withChildren(
                        children.stream().map(child -> moved(child, subquery, width)).toList());
    }
}
