package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.SubqueryKind;
import io.quorate.sql.function.CommonType;
import io.quorate.sql.function.ResolvedFunction;
import io.quorate.sql.function.ResolvedOperator;
import io.quorate.sql.function.ResolvedRoutine;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Condition;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/// Binds logic and comparisons.
final class ConditionBinder {
    private final ExpressionBinder expressions;
    private final OperatorBinder operators;
    private final Coercer coercer;

    ConditionBinder(ExpressionBinder expressions, OperatorBinder operators, Coercer coercer) {
        this.expressions = expressions;
        this.operators = operators;
        this.coercer = coercer;
    }

    Expr bind(Condition condition) {
        return switch (condition) {
            case Condition.And and -> new Expr.And(booleans(and.operands(), "AND"));
            case Condition.Or or -> new Expr.Or(booleans(or.operands(), "OR"));
            case Condition.Not not -> new Expr.Not(expressions.bindCondition(not.operand(), "NOT"));
            case Condition.IsNull isNull ->
                    new Expr.IsNull(expressions.bind(isNull.operand()), isNull.negated());
            case Condition.IsTruth isTruth -> isTruth(isTruth);
            case Condition.IsDistinct distinct -> isDistinct(distinct);
            case Condition.IsDocument document ->
                    throw Errors.unsupported("IS DOCUMENT", document.position());
            case Condition.IsNormalized normalized ->
                    throw Errors.unsupported("IS NORMALIZED", normalized.position());
            case Condition.Like like -> like(like);
            case Condition.Between between -> between(between);
            case Condition.InList list -> inList(list);
            case Condition.InQuery query -> inQuery(query);
            case Condition.QuantifiedQuery query ->
                    quantified(
                            query.operator(),
                            query.quantifier() == Condition.Quantifier.ANY
                                    ? SubqueryKind.ANY
                                    : SubqueryKind.ALL,
                            query.left(),
                            query.query(),
                            query.position());
            case Condition.QuantifiedArray array -> quantifiedArray(array);
            case Condition.Exists exists ->
                    new QueryBinder(expressions.binding())
                            .subquery(
                                    exists.query(),
                                    expressions.scope(),
                                    SubqueryKind.EXISTS,
                                    SqlType.BOOL);
            case Condition.Overlaps overlaps ->
                    throw Errors.unsupported("OVERLAPS", overlaps.position());
        };
    }

    private List<Expr> booleans(List<Expression> operands, String name) {
        List<Expr> bound = new ArrayList<>(operands.size());
        operands.forEach(operand -> bound.add(expressions.bindCondition(operand, name)));
        return bound;
    }

    private Expr isTruth(Condition.IsTruth condition) {
        String name = "IS " + (condition.negated() ? "NOT " : "") + condition.truth();
        Expr operand = expressions.bindCondition(condition.operand(), name);
        return switch (condition.truth()) {
            case TRUE -> new Expr.IsTruth(operand, true, condition.negated());
            case FALSE -> new Expr.IsTruth(operand, false, condition.negated());
            case UNKNOWN -> new Expr.IsNull(operand, condition.negated());
        };
    }

    private Expr isDistinct(Condition.IsDistinct condition) {
        Expr left = expressions.bind(condition.left());
        Expr right = expressions.bind(condition.right());
        ResolvedOperator equality =
                operators.resolve("=", left.type(), right.type(), condition.position());
        List<Expr> sides =
                coercer.toArguments(
                        List.of(left, right), equality.argumentTypes(), condition.position());
        return new Expr.IsDistinct(
                Callee.of(equality), sides.get(0), sides.get(1), condition.negated());
    }

    private Expr like(Condition.Like like) {
        int position = like.position();
        Expr operand = expressions.bind(like.operand());
        Expr pattern = expressions.bind(like.pattern());
        Expression escape = like.escape();
        String symbol =
                switch (like.kind()) {
                    case LIKE -> like.negated() ? "!~~" : "~~";
                    case ILIKE -> like.negated() ? "!~~*" : "~~*";
                    case SIMILAR_TO -> like.negated() ? "!~" : "~";
                };
        if (like.kind() == Condition.Like.Kind.SIMILAR_TO) {
            List<Expr> arguments = new ArrayList<>(List.of(pattern));
            if (escape != null) {
                arguments.add(expressions.bind(escape));
            }
            pattern = function("similar_to_escape", arguments, position);
        } else if (escape != null) {
            pattern = function("like_escape", List.of(pattern, expressions.bind(escape)), position);
        }
        return operators.infix(symbol, operand, pattern, position);
    }

    private Expr function(String name, List<Expr> arguments, int position) {
        ResolvedRoutine routine =
                Errors.at(
                        position,
                        () ->
                                expressions
                                        .binding()
                                        .functions()
                                        .resolve(
                                                name, arguments.stream().map(Expr::type).toList()));
        if (!(routine instanceof ResolvedFunction function)) {
            throw Errors.error(
                    ErrorCode.UNDEFINED_FUNCTION, "function " + name + " does not exist", position);
        }
        return new Expr.Call(
                Callee.of(function),
                coercer.toArguments(arguments, function.argumentTypes(), position));
    }

    private Expr between(Condition.Between between) {
        int position = between.position();
        Expr operand = expressions.bind(between.operand());
        Expr low = expressions.bind(between.low());
        Expr high = expressions.bind(between.high());
        Expr inside = inside(operand, low, high, between.negated(), position);
        if (!between.symmetric()) {
            return inside;
        }
        Expr reversed = inside(operand, high, low, between.negated(), position);
        return between.negated()
                ? new Expr.And(List.of(inside, reversed))
                : new Expr.Or(List.of(inside, reversed));
    }

    private Expr inside(Expr operand, Expr low, Expr high, boolean negated, int position) {
        return negated
                ? new Expr.Or(
                        List.of(
                                operators.infix("<", operand, low, position),
                                operators.infix(">", operand, high, position)))
                : new Expr.And(
                        List.of(
                                operators.infix(">=", operand, low, position),
                                operators.infix("<=", operand, high, position)));
    }

    private Expr inList(Condition.InList list) {
        int position = list.position();
        if (list.operand() instanceof Compound.Row operand) {
            return inRows(list, operand);
        }
        Expr operand = expressions.bind(list.operand());
        List<Expr> values = expressions.bindAll(list.values());
        List<SqlType> types = new ArrayList<>(List.of(operand.type()));
        values.forEach(value -> types.add(value.type()));
        SqlType common = CommonType.selectOrNull(types);
        if (common == null) {
            return inMixedList(operand, values, list.negated(), position);
        }
        ResolvedOperator equality = operators.resolve("=", common, common, position);
        List<Expr> children = new ArrayList<>();
        SqlType leftType = equality.argumentTypes().get(0);
        children.add(coercer.toArgument(operand, leftType, position));
        for (Expr value : values) {
            children.add(coercer.toArgument(value, equality.argumentTypes().get(1), position));
        }
        return new Expr.InList(Callee.of(equality), children, list.negated());
    }

    /// Types that have nothing in common may still be comparable one by one.
    private Expr inMixedList(Expr operand, List<Expr> values, boolean negated, int position) {
        List<Expr> equalities = new ArrayList<>();
        for (Expr value : values) {
            equalities.add(operators.infix("=", operand, value, position));
        }
        Expr any = equalities.size() == 1 ? equalities.getFirst() : new Expr.Or(equalities);
        return negated ? new Expr.Not(any) : any;
    }

    private Expr inRows(Condition.InList list, Compound.Row operand) {
        List<Expr> equalities = new ArrayList<>();
        for (Expression value : list.values()) {
            if (!(value instanceof Compound.Row row)) {
                throw Errors.unsupported("a row compared with a single value", value.position());
            }
            equalities.add(
                    rows(new OperatorName("=", list.position()), operand, row, list.position()));
        }
        Expr any = equalities.size() == 1 ? equalities.getFirst() : new Expr.Or(equalities);
        return list.negated() ? new Expr.Not(any) : any;
    }

    private Expr inQuery(Condition.InQuery in) {
        Expr any =
                quantified(
                        new OperatorName("=", in.position()),
                        SubqueryKind.ANY,
                        in.operand(),
                        in.query(),
                        in.position());
        return in.negated() ? new Expr.Not(any) : any;
    }

    private Expr quantified(
            OperatorName operator,
            SubqueryKind kind,
            Expression leftSide,
            Query query,
            int position) {
        OperatorBinder.checkSchema(operator);
        List<Expr> left =
                leftSide instanceof Compound.Row row
                        ? expressions.bindAll(row.elements())
                        : List.of(expressions.bind(leftSide));
        boolean equality = operator.symbol().equals("=") || operator.symbol().equals("<>");
        if (left.size() > 1 && !equality) {
            throw Errors.unsupported(
                    "a row compared with a subquery by " + operator.symbol(), position);
        }
        return new QueryBinder(expressions.binding())
                .quantified(query, expressions.scope(), kind, operator.symbol(), left, position);
    }

    private Expr quantifiedArray(Condition.QuantifiedArray quantified) {
        int position = quantified.position();
        OperatorBinder.checkSchema(quantified.operator());
        Expr left = expressions.bind(quantified.left());
        Expr array = expressions.bind(quantified.array());
        if (Coercer.isUnknown(array)) {
            SqlType element = Coercer.isUnknown(left) ? SqlType.TEXT : left.type();
            SqlType arrayType = SqlType.arrayOf(element.withTypmod(-1));
            if (arrayType != null) {
                array = coercer.to(array, arrayType, CastContext.IMPLICIT, position);
            }
        }
        SqlType element = array.type().element();
        if (element == null) {
            throw Errors.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "op ANY/ALL (array) requires array on right side",
                    position);
        }
        ResolvedOperator resolved =
                operators.resolve(quantified.operator().symbol(), left.type(), element, position);
        Callee callee = Callee.of(resolved);
        if (!callee.resultType().sameTypeAs(SqlType.BOOL)) {
            throw Errors.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "op ANY/ALL (array) requires operator to yield boolean",
                    position);
        }
        SqlType wanted = SqlType.arrayOf(resolved.argumentTypes().get(1));
        return new Expr.QuantifiedArray(
                callee,
                quantified.quantifier() == Condition.Quantifier.ALL,
                coercer.toArgument(left, resolved.argumentTypes().get(0), position),
                wanted == null ? array : coercer.toArgument(array, wanted, position));
    }

    /// `(a, b) op (c, d)`.
    Expr rows(OperatorName operator, Compound.Row left, Compound.Row right, int position) {
        OperatorBinder.checkSchema(operator);
        List<Expr> lefts = expressions.bindAll(left.elements());
        List<Expr> rights = expressions.bindAll(right.elements());
        if (lefts.size() != rights.size()) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "unequal number of entries in row expressions",
                    position);
        }
        if (lefts.isEmpty()) {
            throw Errors.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "cannot compare rows of zero length",
                    position);
        }
        return switch (operator.symbol()) {
            case "=" -> and(pairs("=", lefts, rights, position));
            case "<>" -> or(pairs("<>", lefts, rights, position));
            case "<", "<=", ">", ">=" -> ordered(operator.symbol(), lefts, rights, position);
            default ->
                    throw new QuorateException(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "could not determine interpretation of row comparison"
                                            + " operator "
                                            + operator.symbol())
                            .withPosition(position);
        };
    }

    private static Expr and(List<Expr> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : new Expr.And(conditions);
    }

    private static Expr or(List<Expr> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : new Expr.Or(conditions);
    }

    private List<Expr> pairs(String symbol, List<Expr> lefts, List<Expr> rights, int position) {
        List<Expr> pairs = new ArrayList<>();
        for (int i = 0; i < lefts.size(); i++) {
            pairs.add(operators.infix(symbol, lefts.get(i), rights.get(i), position));
        }
        return pairs;
    }

    /// All pairs but the last are compared strictly: an equal pair leaves it to the next.
    private Expr ordered(String symbol, List<Expr> lefts, List<Expr> rights, int position) {
        String strict = symbol.substring(0, 1);
        List<Callee> operatorCallees = new ArrayList<>();
        List<Callee> equalities = new ArrayList<>();
        List<Expr> coercedLefts = new ArrayList<>();
        List<Expr> coercedRights = new ArrayList<>();
        int last = lefts.size() - 1;
        for (int i = 0; i <= last; i++) {
            Expr left = lefts.get(i);
            Expr right = rights.get(i);
            ResolvedOperator comparison =
                    operators.resolve(
                            i == last ? symbol : strict, left.type(), right.type(), position);
            SqlType leftType = comparison.argumentTypes().get(0);
            SqlType rightType = comparison.argumentTypes().get(1);
            operatorCallees.add(Callee.of(comparison));
            equalities.add(Callee.of(operators.resolve("=", leftType, rightType, position)));
            coercedLefts.add(coercer.toArgument(left, leftType, position));
            coercedRights.add(coercer.toArgument(right, rightType, position));
        }
        coercedLefts.addAll(coercedRights);
        return new Expr.RowCompare(operatorCallees, equalities, coercedLefts);
    }
}
