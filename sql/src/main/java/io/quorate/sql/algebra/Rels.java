package io.quorate.sql.algebra;

import io.quorate.sql.algebra.Expr.Subquery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Walks and rewrites over relations, the queries inside expressions included.
public final class Rels {
    private Rels() {}

    /// Rewrites from the leaves up: `mapping` sees each relation with its inputs done, those of
    /// subqueries and lateral sides too.
    public static Rel rewrite(Rel rel, UnaryOperator<Rel> mapping) {
        List<Rel> inputs = rel.inputs();
        Rel changed =
                inputs.isEmpty()
                        ? rel
                        : rel.withInputs(
                                inputs.stream().map(input -> rewrite(input, mapping)).toList());
        if (changed instanceof Rel.Lateral lateral) {
            changed =
                    new Rel.Lateral(
                            lateral.kind(),
                            lateral.left(),
                            rewrite(lateral.right(), mapping),
                            lateral.arguments(),
                            lateral.condition());
        }
        changed =
                changed.mapExpressions(expr ->
                        Exprs.rewrite(
                                expr,
                                each ->
                                        each instanceof Subquery subquery
                                                ? rewriteQuery(subquery, mapping)
                                                : each));
        return mapping.apply(changed);
    }

    private static Subquery rewriteQuery(Subquery subquery, UnaryOperator<Rel> mapping) {
        return new Subquery(
                subquery.kind(),
                rewrite(subquery.query(), mapping),
                subquery.comparisons(),
                subquery.left(),
                subquery.arguments(),
                subquery.type());
    }

    /// The expressions of a relation itself, not of its inputs.
    public static List<Expr> expressions(Rel rel) {
        List<Expr> expressions = new ArrayList<>();
        rel.mapExpressions(expr -> {
            expressions.add(expr);
            return expr;
        });
        return expressions;
    }

    /// Visits it and everything in it, subqueries and lateral sides included.
    public static void walk(Rel rel, Consumer<Rel> visitor) {
        visitor.accept(rel);
        rel.inputs().forEach(input -> walk(input, visitor));
        if (rel instanceof Rel.Lateral lateral) {
            walk(lateral.right(), visitor);
        }
        for (Expr expr : expressions(rel)) {
            walkQueries(expr, visitor);
        }
    }

    private static void walkQueries(Expr expr, Consumer<Rel> visitor) {
        if (expr instanceof Subquery subquery) {
            walk(subquery.query(), visitor);
        }
        expr.children().forEach(child -> walkQueries(child, visitor));
    }

    /// Whether running it twice may give two answers, or does something.
    public static boolean isVolatile(Rel rel) {
        boolean[] found = new boolean[1];
        walk(
                rel,
                each -> {
                    if (each instanceof Rel.LockRows) {
                        found[0] = true;
                    }
                    for (Expr expr : expressions(each)) {
                        // Subqueries inside are walked themselves.
                        found[0] |= Exprs.isVolatile(expr);
                    }
                });
        return found[0];
    }

    /// Whether it reads arguments of a subquery or lateral relation around it. Those inside it are
    /// closed, so only its own expressions count.
    public static boolean isCorrelated(Rel rel) {
        for (Expr expr : expressions(rel)) {
            if (Exprs.any(expr, each -> each instanceof Expr.Correlated)) {
                return true;
            }
        }
        for (Rel input : rel.inputs()) {
            if (isCorrelated(input)) {
                return true;
            }
        }
        return false;
    }

    /// The relation with its arguments replaced; what is inside it and closed is left alone.
    public static Rel substitute(Rel rel, List<Expr> arguments) {
        List<Rel> inputs = rel.inputs().stream().map(each -> substitute(each, arguments)).toList();
        return rel.withInputs(inputs)
                .mapExpressions(expr ->
                        Exprs.rewrite(
                                expr,
                                each ->
                                        each instanceof Expr.Correlated correlated
                                                ? arguments.get(correlated.index())
                                                : each));
    }
}
