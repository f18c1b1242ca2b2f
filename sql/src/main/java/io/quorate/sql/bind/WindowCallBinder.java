package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.WindowCall;
import io.quorate.sql.function.ResolvedAggregate;
import io.quorate.sql.function.ResolvedFunction;
import io.quorate.sql.function.ResolvedRoutine;
import io.quorate.sql.function.ResolvedWindow;
import io.quorate.sql.function.Windowed;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Window;
import java.util.List;

/// Binds calls with OVER.
final class WindowCallBinder {
    private final ExpressionBinder expressions;

    WindowCallBinder(ExpressionBinder expressions) {
        this.expressions = expressions;
    }

    /// @param arguments coerced to what the routine takes
    Expr bind(
            Expression.FunctionCall call,
            Window over,
            ResolvedRoutine routine,
            List<Expr> arguments) {
        Windowed windowed =
                switch (routine) {
                    case ResolvedAggregate aggregate -> {
                        CallBinder.requireStar(call, arguments);
                        yield aggregate;
                    }
                    case ResolvedWindow window -> window;
                    case ResolvedFunction function -> throw noWindowFunction(call);
                    case ResolvedRoutine.TypeConversion conversion -> throw noWindowFunction(call);
                };
        refuseAdditions(call, windowed);
        refusePlace(call.position());
        refuseContents(arguments, call.position());
        Expression filterExpression = call.filter();
        Expr filter =
                filterExpression == null
                        ? null
                        : expressions.at(Place.FILTER).bindCondition(filterExpression, "FILTER");
        Windows.Bound window = expressions.windows().bind(over, expressions);
        Expr pending =
                new Expr.PendingWindow(
                        window.partition(),
                        window.order(),
                        new WindowCall(windowed, arguments, filter, window.frame()));
        expressions.binding().place(pending, call.name().last(), call.position());
        return pending;
    }

    private static RuntimeException noWindowFunction(Expression.FunctionCall call) {
        CallBinder.requirePlain(call);
        return Errors.error(
                ErrorCode.WRONG_OBJECT_TYPE,
                "OVER specified, but "
                        + call.name().last()
                        + " is not a window function nor an aggregate function",
                call.position());
    }

    private static void refuseAdditions(Expression.FunctionCall call, Windowed windowed) {
        if (call.distinct()) {
            throw notImplemented("DISTINCT is not implemented for window functions", call);
        }
        if (!call.orderBy().isEmpty()) {
            throw notImplemented(
                    "aggregate ORDER BY is not implemented for window functions", call);
        }
        if (call.filter() != null && windowed instanceof ResolvedWindow) {
            throw notImplemented(
                    "FILTER is not implemented for non-aggregate window functions", call);
        }
    }

    private static RuntimeException notImplemented(String message, Expression.FunctionCall call) {
        return Errors.error(ErrorCode.FEATURE_NOT_SUPPORTED, message, call.position());
    }

    private void refusePlace(int position) {
        Place place = expressions.place();
        if (place.windows()) {
            return;
        }
        if (place == Place.AGGREGATE) {
            throw Errors.error(
                    ErrorCode.GROUPING_ERROR,
                    "aggregate function calls cannot contain window function calls",
                    position);
        }
        throw Errors.error(
                ErrorCode.WINDOWING_ERROR,
                "window functions are not allowed in " + place.name(),
                position);
    }

    private void refuseContents(List<Expr> arguments, int position) {
        for (Expr argument : arguments) {
            if (Windowing.hasWindow(argument)) {
                throw Errors.error(
                        ErrorCode.WINDOWING_ERROR,
                        "window function calls cannot be nested",
                        Windowing.position(argument, expressions.binding(), position));
            }
            if (Selection.containsSet(argument)) {
                throw Errors.error(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "window function calls cannot contain set-returning function calls",
                        position);
            }
        }
    }
}
