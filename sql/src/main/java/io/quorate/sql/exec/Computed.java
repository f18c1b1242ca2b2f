package io.quorate.sql.exec;

import io.quorate.sql.algebra.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression ready to run: what it is, for EXPLAIN, and its compiled form. Made by [Compiler].
public final class Computed {
    private final Expr expr;
    private final Evaluator evaluator;
    private final List<Subplan> subplans;

    Computed(Expr expr, Evaluator evaluator, List<Subplan> subplans) {
        this.expr = expr;
        this.evaluator = evaluator;
        this.subplans = List.copyOf(subplans);
    }

    public Expr expr() {
        return expr;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    /// The plans of the subqueries in it, in the order in which they stand.
    List<Subplan> subplans() {
        return subplans;
    }

    @Nullable Object evaluate(Frame frame, @Nullable Object[] row) {
        return evaluator.evaluate(frame, row);
    }

    static Evaluator[] evaluators(List<Computed> expressions) {
        return expressions.stream().map(Computed::evaluator).toArray(Evaluator[]::new);
    }
}
