package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.Constant;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Condition;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds the expressions of one place of one query block.
final class ExpressionBinder {
    private final Binding binding;
    private final Scope scope;
    private final Place place;
    private final Windows windows;
    private final Coercer coercer;
    private final OperatorBinder operators;
    private final ConditionBinder conditions;
    private final CompoundBinder compounds;
    private final CallBinder calls;

    /// Of a place that names no windows.
    ExpressionBinder(Binding binding, Scope scope, Place place) {
        this(binding, scope, place, new Windows());
    }

    ExpressionBinder(Binding binding, Scope scope, Place place, Windows windows) {
        this.binding = binding;
        this.scope = scope;
        this.place = place;
        this.windows = windows;
        this.coercer = new Coercer(binding);
        this.operators = new OperatorBinder(binding, coercer);
        this.conditions = new ConditionBinder(this, operators, coercer);
        this.compounds = new CompoundBinder(this, operators, coercer);
        this.calls = new CallBinder(this, coercer);
    }

    Binding binding() {
        return binding;
    }

    Scope scope() {
        return scope;
    }

    Place place() {
        return place;
    }

    Windows windows() {
        return windows;
    }

    /// The same block at another place.
    ExpressionBinder at(Place otherPlace) {
        return new ExpressionBinder(binding, scope, otherPlace, windows);
    }

    /// May be of type unknown, for untyped literals and parameters.
    Expr bind(Expression expression) {
        return switch (expression) {
            case Expression.Atom atom -> atom(atom);
            case Condition condition -> conditions.bind(condition);
            case Compound compound -> compounds.bind(compound);
        };
    }

    List<Expr> bindAll(List<Expression> expressions) {
        List<Expr> bound = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> bound.add(bind(expression)));
        return bound;
    }

    /// A condition, such as that of WHERE.
    Expr bindCondition(Expression expression, String name) {
        return coercer.toBoolean(bind(expression), name, expression.position());
    }

    private Expr atom(Expression.Atom atom) {
        return switch (atom) {
            case Expression.NullLiteral literal -> Constant.nullOf(SqlType.UNKNOWN);
            case Expression.BooleanLiteral literal -> new Constant(literal.value(), SqlType.BOOL);
            case Expression.NumberLiteral literal -> number(literal);
            case Expression.StringLiteral literal -> new Constant(literal.value(), SqlType.UNKNOWN);
            case Expression.BitStringLiteral literal ->
                    throw Errors.unsupported("the type bit", literal.position());
            case Expression.Parameter parameter ->
                    binding.parameters().reference(parameter.number());
            case Expression.ColumnReference column -> column(column);
            case Expression.Star star ->
                    throw Errors.error(
                            ErrorCode.SYNTAX_ERROR,
                            "row expansion via \"*\" is not supported here",
                            star.position());
            case Expression.Default value ->
                    throw Errors.error(
                            ErrorCode.SYNTAX_ERROR,
                            "DEFAULT is not allowed in this context",
                            value.position());
            case Expression.CurrentOf current ->
                    throw Errors.unsupported("WHERE CURRENT OF", current.position());
            case Expression.UnaryOperator unary ->
                    operators.prefix(unary.operator(), bind(unary.operand()), unary.position());
            case Expression.BinaryOperator binary -> binary(binary);
            case Expression.Cast cast -> cast(cast);
            case Expression.Collate collate -> collate(collate);
            case Expression.Indirection indirection -> indirection(indirection);
            case Expression.FunctionCall call -> calls.bind(call);
        };
    }

    private static Expr number(Expression.NumberLiteral literal) {
        if (literal.isInteger()) {
            try {
                long value = Long.parseLong(literal.text());
                boolean small = value == (int) value;
                return new Constant(value, small ? SqlType.INT4 : SqlType.INT8);
            } catch (NumberFormatException tooLarge) {
                return numeric(literal);
            }
        }
        return numeric(literal);
    }

    private static Expr numeric(Expression.NumberLiteral literal) {
        Numeric value =
                Errors.at(
                        literal.position(),
                        () ->
                                (Numeric)
                                        TypeText.decode(
                                                SqlType.NUMERIC,
                                                literal.text(),
                                                SessionFormat.DEFAULT));
        return new Constant(value, SqlType.NUMERIC);
    }

    private Expr binary(Expression.BinaryOperator binary) {
        if (binary.left() instanceof Compound.Row left
                && binary.right() instanceof Compound.Row right) {
            return conditions.rows(binary.operator(), left, right, binary.position());
        }
        return operators.infix(
                binary.operator(), bind(binary.left()), bind(binary.right()), binary.position());
    }

    private Expr cast(Expression.Cast cast) {
        SqlType type = TypeBinder.resolve(cast.type());
        if (cast.operand() instanceof Compound.ArrayConstructor array
                && array.elements().isEmpty()) {
            return new Expr.ArrayOf(List.of(), type);
        }
        return coercer.to(bind(cast.operand()), type, CastContext.EXPLICIT, cast.position());
    }

    private Expr collate(Expression.Collate collate) {
        String name = collate.collation().last();
        if (name.equals("C") || name.equals("POSIX") || name.equals("default")) {
            return bind(collate.operand());
        }
        throw Errors.unsupported("COLLATE \"" + name + "\"", collate.position());
    }

    private Expr indirection(Expression.Indirection indirection) {
        Expr value = bind(indirection.base());
        if (indirection.accessors().size() == 1
                && indirection.accessors().getFirst() instanceof Expression.Accessor.Field field) {
            return FieldAccess.of(value, field.name(), field.position());
        }
        List<Expr> children = new ArrayList<>();
        children.add(value);
        for (Expression.Accessor accessor : indirection.accessors()) {
            if (!(accessor instanceof Expression.Accessor.Index index)) {
                throw Errors.unsupported(
                        accessor instanceof Expression.Accessor.Slice
                                ? "an array slice"
                                : "access to a field of a value",
                        accessor.position());
            }
            children.add(
                    coercer.to(
                            bind(index.index()),
                            SqlType.INT4,
                            CastContext.ASSIGNMENT,
                            index.position()));
        }
        SqlType element = value.type().elementWithTypmod();
        if (element == null) {
            throw Errors.error(
                    ErrorCode.DATATYPE_MISMATCH,
                    "cannot subscript type "
                            + value.type().format()
                            + " because it does not support subscripting",
                    indirection.base().position());
        }
        return new Expr.Subscript(children, element);
    }

    private Expr column(Expression.ColumnReference reference) {
        List<String> parts = reference.parts();
        int position = reference.position();
        Scope.Column column = lookup(reference);
        if (column == null) {
            Expr row = parts.size() == 1 ? wholeRow(parts.getFirst(), position) : null;
            if (row != null) {
                return row;
            }
            throw undefined(parts, position);
        }
        return placed(column, position);
    }

    /// The column that is named; null if there is none of that name.
    Scope.@Nullable Column lookup(Expression.ColumnReference reference) {
        List<String> parts = reference.parts();
        int position = reference.position();
        return switch (parts.size()) {
            case 1 -> scope.find(parts.getFirst(), position);
            case 2 -> scope.find(null, parts.get(0), parts.get(1), position);
            case 3 -> scope.find(parts.get(0), parts.get(1), parts.get(2), position);
            default -> throw Errors.unsupported("a column name with a database", position);
        };
    }

    /// A reference of its own, so that its place can be told from others'.
    Expr placed(Scope.Column column, int position) {
        Expr expr = column.expr();
        if (expr instanceof Expr.ColumnRef reference) {
            expr = new Expr.ColumnRef(reference.slot(), reference.type());
            binding.place(expr, column.display(), position);
        } else if (expr instanceof Expr.Correlated reference) {
            expr = new Expr.Correlated(reference.index(), reference.type());
            binding.place(expr, column.display(), position);
        }
        return expr;
    }

    private @Nullable Expr wholeRow(String alias, int position) {
        List<Scope.Column> columns = scope.findAll(null, alias, position);
        if (columns == null) {
            return null;
        }
        return new Expr.Row(columns.stream().map(column -> placed(column, position)).toList());
    }

    private QuorateException undefined(List<String> parts, int position) {
        if (parts.size() == 1) {
            return Errors.error(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \"" + parts.getFirst() + "\" does not exist",
                    position);
        }
        return missingTable(parts.get(parts.size() - 2), position);
    }

    static QuorateException missingTable(String alias, int position) {
        return Errors.error(
                ErrorCode.UNDEFINED_TABLE,
                "missing FROM-clause entry for table \"" + alias + "\"",
                position);
    }
}
