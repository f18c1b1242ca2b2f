package io.quorate.sql.plan;

import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import java.util.List;

/// Which share of rows a condition lets pass, guessed from its form as PostgreSQL does without
/// statistics.
final class Selectivity {
    static final double EQUAL = 0.005;
    static final double RANGE = 1.0 / 3;
    static final double OTHER = 0.5;

    private Selectivity() {}

    static double of(Expr condition) {
        double share = 1;
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            share *= ofOne(conjunct);
        }
        return share;
    }

    private static double ofOne(Expr conjunct) {
        return switch (conjunct) {
            case Expr.Call call when call.callee().isOperator("=") -> EQUAL;
            case Expr.Call call
                    when call.callee().isOperator("<")
                            || call.callee().isOperator(">")
                            || call.callee().isOperator("<=")
                            || call.callee().isOperator(">=") ->
                    RANGE;
            case Expr.InList list when !list.negated() ->
                    Math.min(OTHER, EQUAL * list.values().size());
            case Expr.IsNull isNull -> isNull.negated() ? 1 - EQUAL : EQUAL;
            case Expr.Or or -> any(or.children());
            default -> OTHER;
        };
    }

    private static double any(List<Expr> conditions) {
        double none = 1;
        for (Expr condition : conditions) {
            none *= 1 - of(condition);
        }
        return 1 - none;
    }
}
