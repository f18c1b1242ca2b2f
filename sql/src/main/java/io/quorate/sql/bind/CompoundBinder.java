package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.SubqueryKind;
import io.quorate.sql.function.CommonType;
import io.quorate.sql.function.ResolvedOperator;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Coercion;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds CASE, COALESCE, ARRAY[…] and the like, whose parts share a type.
final class CompoundBinder {
    private final ExpressionBinder expressions;
    private final OperatorBinder operators;
    private final Coercer coercer;

    CompoundBinder(ExpressionBinder expressions, OperatorBinder operators, Coercer coercer) {
        this.expressions = expressions;
        this.operators = operators;
        this.coercer = coercer;
    }

    Expr bind(Compound compound) {
        return switch (compound) {
            case Compound.Case branches -> branches(branches);
            case Compound.Coalesce coalesce -> {
                List<Expr> children = common(coalesce.arguments(), "COALESCE");
                yield new Expr.Coalesce(children, typeOf(children));
            }
            case Compound.Greatest greatest -> {
                List<Expr> children = common(greatest.arguments(), "GREATEST");
                yield new Expr.Extreme(true, children, typeOf(children));
            }
            case Compound.Least least -> {
                List<Expr> children = common(least.arguments(), "LEAST");
                yield new Expr.Extreme(false, children, typeOf(children));
            }
            case Compound.NullIf nullIf -> nullIf(nullIf);
            case Compound.Row row ->
                    new Expr.Row(
                            expressions.bindAll(row.elements()).stream()
                                    .map(each -> coercer.settled(each, row.position()))
                                    .toList());
            case Compound.ArrayConstructor array -> array(array);
            case Compound.ArrayQuery query -> arrayQuery(query);
            case Compound.ScalarQuery query -> scalarQuery(query);
            case Compound.Grouping grouping ->
                    throw Errors.unsupported("GROUPING", grouping.position());
            case Compound.ValueFunction function -> valueFunction(function);
        };
    }

    private static SqlType typeOf(List<Expr> children) {
        return children.getFirst().type();
    }

    private List<Expr> common(List<Expression> parts, String context) {
        return common(expressions.bindAll(parts), parts, context);
    }

    /// Brings all to their common type; the modifier stays if they share it.
    private List<Expr> common(List<Expr> bound, List<Expression> parts, String context) {
        int position = parts.getFirst().position();
        List<SqlType> types = bound.stream().map(Expr::type).toList();
        SqlType common = Errors.at(position, () -> CommonType.select(types, context));
        SqlType shared = common.withTypmod(CommonType.typmod(types, common));
        List<Expr> coerced = new ArrayList<>();
        for (int i = 0; i < bound.size(); i++) {
            coerced.add(coercer.toCommon(bound.get(i), shared, context, parts.get(i).position()));
        }
        return coerced;
    }

    private Expr branches(Compound.Case expression) {
        Expression otherwise =
                expression.otherwise() == null
                        ? new Expression.NullLiteral(expression.position())
                        : expression.otherwise();
        // PostgreSQL lets the ELSE speak first about the type.
        List<Expression> results = new ArrayList<>(List.of(otherwise));
        expression.branches().forEach(branch -> results.add(branch.result()));
        List<Expr> coerced = common(results, "CASE");
        SqlType type = typeOf(coerced);
        Expression operand = expression.operand();
        if (operand != null) {
            return branchesOf(expression, operand, coerced, type);
        }
        List<Expr> children = new ArrayList<>();
        for (int i = 0; i < expression.branches().size(); i++) {
            children.add(
                    expressions.bindCondition(
                            expression.branches().get(i).condition(), "CASE/WHEN"));
            children.add(coerced.get(i + 1));
        }
        children.add(coerced.getFirst());
        return new Expr.Case(children, type);
    }

    private Expr branchesOf(
            Compound.Case expression, Expression operand, List<Expr> results, SqlType type) {
        Expr value = coercer.settled(expressions.bind(operand), operand.position());
        List<Callee> equalities = new ArrayList<>();
        List<@Nullable Coercion> coercions = new ArrayList<>();
        List<Expr> children = new ArrayList<>(List.of(value));
        for (int i = 0; i < expression.branches().size(); i++) {
            Expression condition = expression.branches().get(i).condition();
            int position = condition.position();
            Expr candidate = expressions.bind(condition);
            ResolvedOperator equality =
                    operators.resolve("=", value.type(), candidate.type(), position);
            equalities.add(Callee.of(equality));
            coercions.add(
                    OperatorBinder.operandCoercion(value.type(), equality.argumentTypes().get(0)));
            children.add(coercer.toArgument(candidate, equality.argumentTypes().get(1), position));
            children.add(results.get(i + 1));
        }
        children.add(results.getFirst());
        return new Expr.CaseOf(equalities, coercions, children, type);
    }

    private Expr nullIf(Compound.NullIf nullIf) {
        Expr left = expressions.bind(nullIf.left());
        Expr right = expressions.bind(nullIf.right());
        int position = nullIf.position();
        ResolvedOperator equality = operators.resolve("=", left.type(), right.type(), position);
        SqlType leftType = equality.argumentTypes().get(0);
        Expr value = Coercer.isUnknown(left) ? coercer.toArgument(left, leftType, position) : left;
        return new Expr.NullIf(
                Callee.of(equality),
                OperatorBinder.operandCoercion(value.type(), leftType),
                value,
                coercer.toArgument(right, equality.argumentTypes().get(1), position));
    }

    private Expr array(Compound.ArrayConstructor array) {
        if (array.elements().isEmpty()) {
            throw Errors.error(
                            ErrorCode.INDETERMINATE_DATATYPE,
                            "cannot determine type of empty array",
                            array.position())
                    .withHint(
                            "Explicitly cast to the desired type, for example"
                                    + " ARRAY[]::integer[].");
        }
        List<Expr> elements = common(array.elements(), "ARRAY");
        SqlType element = typeOf(elements);
        SqlType type = element.isArray() ? element : SqlType.arrayOf(element);
        if (type == null) {
            throw Errors.error(
                    ErrorCode.UNDEFINED_OBJECT,
                    "could not find array type for data type " + element.format(),
                    array.position());
        }
        return new Expr.ArrayOf(elements, type.withTypmod(-1));
    }

    private Expr arrayQuery(Compound.ArrayQuery query) {
        QueryBinder binder = new QueryBinder(expressions.binding());
        Expr.Subquery bound =
                binder.subquery(
                        query.query(), expressions.scope(), SubqueryKind.ARRAY, SqlType.VOID);
        SqlType element = binder.onlyColumn(bound, query.position());
        SqlType type = SqlType.arrayOf(element.withTypmod(-1));
        if (type == null) {
            throw Errors.unsupported("an array of arrays of rows", query.position());
        }
        return QueryBinder.typed(bound, type);
    }

    private Expr scalarQuery(Compound.ScalarQuery query) {
        QueryBinder binder = new QueryBinder(expressions.binding());
        Expr.Subquery bound =
                binder.subquery(
                        query.query(), expressions.scope(), SubqueryKind.SCALAR, SqlType.VOID);
        return QueryBinder.typed(bound, binder.onlyColumn(bound, query.position()));
    }

    private Expr valueFunction(Compound.ValueFunction function) {
        int position = function.position();
        Integer precision = function.precision();
        int typmod = precision == null ? -1 : Math.min(precision, 6);
        return switch (function.kind()) {
            case CURRENT_DATE -> now(SqlType.DATE, position);
            case CURRENT_TIMESTAMP -> now(SqlType.TIMESTAMPTZ.withTypmod(typmod), position);
            case LOCALTIMESTAMP -> now(SqlType.TIMESTAMP.withTypmod(typmod), position);
            case LOCALTIME -> now(SqlType.TIME.withTypmod(typmod), position);
            case CURRENT_TIME -> throw Errors.unsupported("time with time zone", position);
            case CURRENT_ROLE, CURRENT_USER, USER -> call("current_user", position);
            case SESSION_USER -> call("session_user", position);
            case CURRENT_CATALOG -> call("current_database", position);
            case CURRENT_SCHEMA -> call("current_schema", position);
        };
    }

    private Expr now(SqlType type, int position) {
        return coercer.to(call("now", position), type, CastContext.EXPLICIT, position);
    }

    private Expr call(String name, int position) {
        return expressions.bind(Expression.FunctionCall.special(name, List.of(), position));
    }
}
