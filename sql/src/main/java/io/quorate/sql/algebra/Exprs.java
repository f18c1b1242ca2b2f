package io.quorate.sql.algebra;

import io.quorate.sql.algebra.Expr.And;
import io.quorate.sql.algebra.Expr.Call;
import io.quorate.sql.algebra.Expr.ColumnRef;
import io.quorate.sql.algebra.Expr.Constant;
import io.quorate.sql.algebra.Expr.Subquery;
import io.quorate.sql.function.Volatility;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Walks and rewrites over expressions.
public final class Exprs {
    private Exprs() {}

    /// Rewrites from the leaves up: `mapping` sees each expression with its operands done.
    public static Expr rewrite(Expr expr, UnaryOperator<Expr> mapping) {
        List<Expr> children = expr.children();
        if (children.isEmpty()) {
            return mapping.apply(expr);
        }
        List<Expr> changed = new ArrayList<>(children.size());
        boolean different = false;
        for (Expr child : children) {
            Expr rewritten = rewrite(child, mapping);
            different |= rewritten != child;
            changed.add(rewritten);
        }
        return mapping.apply(different ? expr.withChildren(changed) : expr);
    }

    /// The same expression over a row in which slot `i` has become `mapping(i)`.
    public static Expr mapSlots(Expr expr, IntUnaryOperator mapping) {
        return rewrite(
                expr,
                each ->
                        each instanceof ColumnRef column
                                ? new ColumnRef(mapping.applyAsInt(column.slot()), column.type())
                                : each);
    }

    public static Expr shift(Expr expr, int by) {
        return by == 0 ? expr : mapSlots(expr, slot -> slot + by);
    }

    /// Whether it or any operand is such; looks not into the queries of subqueries.
    public static boolean any(Expr expr, Predicate<Expr> predicate) {
        if (predicate.test(expr)) {
            return true;
        }
        for (Expr child : expr.children()) {
            if (any(child, predicate)) {
                return true;
            }
        }
        return false;
    }

    /// The slots of the row that it reads.
    public static BitSet slots(Expr expr) {
        BitSet slots = new BitSet();
        collectSlots(expr, slots);
        return slots;
    }

    private static void collectSlots(Expr expr, BitSet slots) {
        if (expr instanceof ColumnRef column) {
            slots.set(column.slot());
        }
        for (Expr child : expr.children()) {
            collectSlots(child, slots);
        }
    }

    /// Whether it has the same value for every row of one execution.
    public static boolean isRowless(Expr expr) {
        return !any(expr, each -> each instanceof ColumnRef) && !isVolatile(expr);
    }

    /// Whether computing it twice may give two answers, or does something.
    public static boolean isVolatile(Expr expr) {
        return any(
                expr,
                each ->
                        switch (each) {
                            case Call call -> call.callee().volatility() == Volatility.VOLATILE;
                            case Subquery subquery -> Rels.isVolatile(subquery.query());
                            default -> false;
                        });
    }

    public static boolean containsSubquery(Expr expr) {
        return any(expr, each -> each instanceof Subquery);
    }

    public static boolean isTrue(Expr expr) {
        return expr instanceof Constant constant && Boolean.TRUE.equals(constant.value());
    }

    /// The conditions that must all hold, without TRUE; empty where nothing is asked.
    public static List<Expr> conjuncts(Expr condition) {
        List<Expr> conjuncts = new ArrayList<>();
        collectConjuncts(condition, conjuncts);
        return conjuncts;
    }

    private static void collectConjuncts(Expr condition, List<Expr> conjuncts) {
        if (condition instanceof And and) {
            and.children().forEach(child -> collectConjuncts(child, conjuncts));
        } else if (!isTrue(condition)) {
            conjuncts.add(condition);
        }
    }

    /// All of them; TRUE for none.
    public static Expr and(List<Expr> conditions) {
        return switch (conditions.size()) {
            case 0 -> Constant.TRUE;
            case 1 -> conditions.getFirst();
            default -> new And(List.copyOf(conditions));
        };
    }
}
