package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.function.ResolvedAggregate;
import io.quorate.sql.function.ResolvedFunction;
import io.quorate.sql.function.ResolvedRoutine;
import io.quorate.sql.function.ResolvedWindow;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/// Binds calls of functions and aggregates.
final class CallBinder {
    private final ExpressionBinder expressions;
    private final Coercer coercer;

    CallBinder(ExpressionBinder expressions, Coercer coercer) {
        this.expressions = expressions;
        this.coercer = coercer;
    }

    Expr bind(Expression.FunctionCall call) {
        refuseUnsupported(call);
        int position = call.position();
        // The arguments are bound as those of a function first: only resolution tells.
        List<Expr> arguments = new ArrayList<>();
        for (Expression.Argument argument : call.arguments()) {
            arguments.add(expressions.bind(argument.value()));
        }
        List<SqlType> types = arguments.stream().map(Expr::type).toList();
        ResolvedRoutine routine =
                Errors.at(
                        position,
                        () -> expressions.binding().functions().resolve(call.name().last(), types));
        List<Expr> coerced =
                routine instanceof ResolvedRoutine.TypeConversion
                        ? arguments
                        : coercer.toArguments(arguments, routine.argumentTypes(), position);
        if (call.over() != null) {
            return new WindowCallBinder(expressions).bind(call, call.over(), routine, coerced);
        }
        return switch (routine) {
            case ResolvedAggregate aggregate -> aggregate(call, aggregate, coerced);
            case ResolvedWindow window ->
                    throw Errors.error(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "window function "
                                    + window.function().name()
                                    + " requires an OVER clause",
                            position);
            case ResolvedFunction function -> {
                requirePlain(call);
                if (function.function().returnsSet() && !expressions.place().sets()) {
                    throw Errors.error(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "set-returning functions are not allowed in "
                                    + expressions.place().name(),
                            position);
                }
                yield new Expr.Call(Callee.of(function), coerced);
            }
            case ResolvedRoutine.TypeConversion conversion -> {
                requirePlain(call);
                yield coercer.to(
                        arguments.getFirst(),
                        conversion.resultType(),
                        CastContext.EXPLICIT,
                        position);
            }
        };
    }

    private static void refuseUnsupported(Expression.FunctionCall call) {
        int position = call.position();
        List<String> schema = call.name().qualifier();
        boolean known =
                schema.isEmpty()
                        || schema.equals(List.of("pg_catalog"))
                        || schema.equals(List.of("information_schema"))
                                && call.name().last().startsWith("_pg_");
        if (!known) {
            throw Errors.error(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "function " + String.join(".", call.name().parts()) + "() does not exist",
                    position);
        }
        if (!call.withinGroup().isEmpty()) {
            throw Errors.unsupported("WITHIN GROUP", position);
        }
        for (Expression.Argument argument : call.arguments()) {
            if (argument.name() != null) {
                throw Errors.unsupported("a named argument", argument.position());
            }
            if (argument.variadic()) {
                throw Errors.unsupported("VARIADIC", argument.position());
            }
        }
    }

    /// 42809 for what only aggregates take.
    static void requirePlain(Expression.FunctionCall call) {
        String addition =
                call.distinct()
                        ? "DISTINCT"
                        : call.star()
                                ? call.name().last() + "(*)"
                                : call.filter() != null
                                        ? "FILTER"
                                        : call.orderBy().isEmpty() ? null : "ORDER BY";
        if (addition != null) {
            throw Errors.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    addition
                            + " specified, but "
                            + call.name().last()
                            + " is not an aggregate function",
                    call.position());
        }
    }

    private Expr aggregate(
            Expression.FunctionCall call, ResolvedAggregate aggregate, List<Expr> arguments) {
        int position = call.position();
        if (!expressions.place().aggregates()) {
            throw Errors.error(
                    ErrorCode.GROUPING_ERROR,
                    expressions.place() == Place.AGGREGATE
                            ? "aggregate function calls cannot be nested"
                            : "aggregate functions are not allowed in "
                                    + expressions.place().name(),
                    position);
        }
        requireStar(call, arguments);
        for (Expr argument : arguments) {
            refuseNested(argument, position);
        }
        refuseOuterLevel(arguments, position);
        ExpressionBinder inside = expressions.at(Place.AGGREGATE);
        List<AggregateCall.Order> order = new ArrayList<>();
        for (SortItem item : call.orderBy()) {
            Expr key =
                    coercer.settled(inside.bind(item.expression()), item.expression().position());
            if (call.distinct() && !arguments.contains(key)) {
                throw Errors.error(
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "in an aggregate with DISTINCT, ORDER BY expressions must appear in"
                                + " argument list",
                        item.position());
            }
            order.add(
                    new AggregateCall.Order(
                            key, Sorting.isDescending(item), Sorting.isNullsFirst(item)));
        }
        Expression filterExpression = call.filter();
        Expr filter =
                filterExpression == null
                        ? null
                        : expressions.at(Place.FILTER).bindCondition(filterExpression, "FILTER");
        return new Expr.PendingAggregate(
                new AggregateCall(aggregate, arguments, call.distinct(), order, filter));
    }

    static void requireStar(Expression.FunctionCall call, List<Expr> arguments) {
        if (!call.star() && arguments.isEmpty()) {
            throw Errors.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    call.name().last()
                            + "(*) must be used to call a parameterless aggregate function",
                    call.position());
        }
    }

    private void refuseNested(Expr argument, int position) {
        if (Grouping.hasAggregate(argument)) {
            throw Errors.error(
                    ErrorCode.GROUPING_ERROR,
                    "aggregate function calls cannot be nested",
                    position);
        }
        if (Windowing.hasWindow(argument)) {
            throw Errors.error(
                    ErrorCode.GROUPING_ERROR,
                    "aggregate function calls cannot contain window function calls",
                    Windowing.position(argument, expressions.binding(), position));
        }
    }

    /// An aggregate all of whose columns are the outer query's belongs, in SQL, to the outer query.
    private static void refuseOuterLevel(List<Expr> arguments, int position) {
        boolean outer = false;
        boolean inner = false;
        for (Expr argument : arguments) {
            outer |= Exprs.any(argument, each -> each instanceof Expr.Correlated);
            inner |= Exprs.any(argument, each -> each instanceof Expr.ColumnRef);
        }
        if (outer && !inner) {
            throw Errors.unsupported("an aggregate over columns of an outer query", position);
        }
    }
}
