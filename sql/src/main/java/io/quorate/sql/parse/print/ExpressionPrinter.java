package io.quorate.sql.parse.print;

import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Condition;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Expression.Accessor;
import io.quorate.sql.parse.ast.Expression.Argument;
import io.quorate.sql.parse.ast.Expression.FunctionCall;
import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.ast.Window;
import java.util.List;
import java.util.Locale;

/// Expressions, every operator in brackets.
final class ExpressionPrinter {
    private final Printer out;

    ExpressionPrinter(Printer out) {
        this.out = out;
    }

    void print(Expression expression) {
        switch (expression) {
            case Expression.Atom atom -> atom(atom);
            case Condition condition -> condition(condition);
            case Compound compound -> compound(compound);
        }
    }

    private void atom(Expression.Atom atom) {
        switch (atom) {
            case Expression.NullLiteral ignored -> out.add("NULL");
            case Expression.BooleanLiteral literal -> out.add(Boolean.toString(literal.value()));
            case Expression.NumberLiteral number -> {
                String text = number.text();
                out.add(text.startsWith("-") ? "(" + text + ")" : text);
            }
            case Expression.StringLiteral string -> out.add(Identifiers.literal(string.value()));
            case Expression.BitStringLiteral bits ->
                    out.add(bits.hexadecimal() ? "X" : "B").add(Identifiers.literal(bits.digits()));
            case Expression.Parameter parameter -> out.add("$" + parameter.number());
            case Expression.ColumnReference column -> out.names(column.parts());
            case Expression.Star star -> {
                if (!star.qualifier().isEmpty()) {
                    out.names(star.qualifier()).add(".");
                }
                out.add("*");
            }
            case Expression.Default ignored -> out.add("DEFAULT");
            case Expression.CurrentOf current -> out.add("CURRENT OF ").name(current.cursor());
            case Expression.UnaryOperator unary -> {
                out.add("(").add(operator(unary.operator())).add(" ");
                out.expression(unary.operand()).add(")");
            }
            case Expression.BinaryOperator binary -> {
                out.add("(").expression(binary.left()).add(" ");
                out.add(operator(binary.operator())).add(" ");
                out.expression(binary.right()).add(")");
            }
            case Expression.Cast cast -> cast(cast);
            case Expression.Collate collate ->
                    out.add("(")
                            .expression(collate.operand())
                            .add(" COLLATE ")
                            .names(collate.collation().parts())
                            .add(")");
            case Expression.Indirection indirection -> {
                base(indirection.base(), indirection.accessors().getFirst());
                indirection.accessors().forEach(this::accessor);
            }
            case FunctionCall call -> call(call);
        }
    }

    private void cast(Expression.Cast cast) {
        if (cast.operand() instanceof Expression.StringLiteral) {
            out.expression(cast.operand());
        } else {
            out.add("(").expression(cast.operand()).add(")");
        }
        out.add("::").add(TypePrinter.print(cast.type()));
    }

    /// A dot behind a column would be read as part of its name.
    private void base(Expression base, Accessor first) {
        boolean subscript = first instanceof Accessor.Index || first instanceof Accessor.Slice;
        if (base instanceof Expression.Parameter
                || (base instanceof Expression.ColumnReference && subscript)) {
            out.expression(base);
        } else {
            out.add("(").expression(base).add(")");
        }
    }

    void accessor(Accessor accessor) {
        switch (accessor) {
            case Accessor.Field field -> out.add(".").name(field.name());
            case Accessor.AllFields ignored -> out.add(".*");
            case Accessor.Index index -> out.add("[").expression(index.index()).add("]");
            case Accessor.Slice slice -> {
                out.add("[");
                if (slice.lower() != null) {
                    out.expression(slice.lower());
                }
                out.add(":");
                if (slice.upper() != null) {
                    out.expression(slice.upper());
                }
                out.add("]");
            }
        }
    }

    static String operator(OperatorName operator) {
        return operator.schema().isEmpty()
                ? operator.symbol()
                : "OPERATOR("
                        + Identifiers.quote(operator.schema())
                        + "."
                        + operator.symbol()
                        + ")";
    }

    private void call(FunctionCall call) {
        if (call.syntax() == FunctionCall.Syntax.SPECIAL) {
            special(call);
            return;
        }
        out.names(call.name().parts()).add("(");
        if (call.star()) {
            out.add("*");
        }
        out.add(call.distinct() ? "DISTINCT " : "").list(call.arguments(), this::argument);
        if (!call.orderBy().isEmpty()) {
            out.add(" ORDER BY ").list(call.orderBy(), out.queries::sortItem);
        }
        out.add(")");
        if (!call.withinGroup().isEmpty()) {
            out.add(" WITHIN GROUP (ORDER BY ");
            out.list(call.withinGroup(), out.queries::sortItem).add(")");
        }
        if (call.filter() != null) {
            out.add(" FILTER (WHERE ").expression(call.filter()).add(")");
        }
        switch (call.over()) {
            case null -> {}
            case Window.Named named -> out.add(" OVER ").name(named.name());
            case Window.Specification window -> {
                out.add(" OVER ");
                out.queries.window(window);
            }
        }
    }

    private void argument(Argument argument) {
        out.add(argument.variadic() ? "VARIADIC " : "");
        if (argument.name() != null) {
            out.name(argument.name()).add(" => ");
        }
        out.expression(argument.value());
    }

    private void special(FunctionCall call) {
        List<Expression> arguments = call.arguments().stream().map(Argument::value).toList();
        Expression first = arguments.getFirst();
        switch (call.name().last()) {
            case "extract" -> words("EXTRACT(", arguments, " FROM ");
            case "position" -> words("POSITION(", List.of(arguments.getLast(), first), " IN ");
            case "substring" -> words("SUBSTRING(", arguments, " FROM ", " FOR ");
            case "overlay" -> words("OVERLAY(", arguments, " PLACING ", " FROM ", " FOR ");
            case "btrim" -> trim("BOTH", arguments);
            case "ltrim" -> trim("LEADING", arguments);
            case "rtrim" -> trim("TRAILING", arguments);
            case "timezone" -> words("(", arguments.reversed(), " AT TIME ZONE ");
            case "pg_collation_for" -> words("COLLATION FOR (", arguments);
            case "normalize" -> {
                out.add("NORMALIZE(").expression(first);
                if (arguments.get(arguments.size() - 1) instanceof Expression.StringLiteral form
                        && arguments.size() == 2) {
                    out.add(", ").add(form.value());
                }
                out.add(")");
            }
            default -> {
                out.add("TREAT(").expression(first).add(" AS ");
                TypeName type = TypeName.system(call.name().last(), 0);
                out.add(TypePrinter.print(type)).add(")");
            }
        }
    }

    /// The arguments with words between them, and a closing bracket.
    private void words(String head, List<Expression> arguments, String... between) {
        out.add(head).expression(arguments.getFirst());
        for (int i = 1; i < arguments.size(); i++) {
            out.add(between[i - 1]).expression(arguments.get(i));
        }
        out.add(")");
    }

    /// The text comes first among the arguments and last in the grammar.
    private void trim(String side, List<Expression> arguments) {
        out.add("TRIM(").add(side).add(" ");
        if (arguments.size() == 2) {
            out.expression(arguments.getLast()).add(" FROM ").expression(arguments.getFirst());
        } else {
            out.add("FROM ").expressions(arguments);
        }
        out.add(")");
    }

    private void condition(Condition condition) {
        out.add("(");
        switch (condition) {
            case Condition.And and -> chain(and.operands(), " AND ");
            case Condition.Or or -> chain(or.operands(), " OR ");
            case Condition.Not not -> out.add("NOT ").expression(not.operand());
            case Condition.IsNull is -> is(is.operand(), is.negated(), "NULL");
            case Condition.IsTruth is -> is(is.operand(), is.negated(), is.truth().name());
            case Condition.IsDocument is -> is(is.operand(), is.negated(), "DOCUMENT");
            case Condition.IsNormalized is -> {
                String form = is.form() == null ? "" : is.form().toUpperCase(Locale.ROOT) + " ";
                is(is.operand(), is.negated(), form + "NORMALIZED");
            }
            case Condition.IsDistinct is -> {
                is(is.left(), is.negated(), "DISTINCT FROM ");
                out.expression(is.right());
            }
            case Condition.Like like -> like(like);
            case Condition.Between between -> between(between);
            case Condition.InList in -> {
                out.expression(in.operand()).add(in.negated() ? " NOT IN (" : " IN (");
                out.expressions(in.values()).add(")");
            }
            case Condition.InQuery in -> {
                out.expression(in.operand()).add(in.negated() ? " NOT IN " : " IN ");
                out.queries.bracketed(in.query());
            }
            case Condition.QuantifiedQuery quantified -> {
                out.expression(quantified.left()).add(" ");
                out.add(operator(quantified.operator())).add(" ");
                out.add(quantified.quantifier().name()).add(" ");
                out.queries.bracketed(quantified.query());
            }
            case Condition.QuantifiedArray quantified -> {
                out.expression(quantified.left()).add(" ");
                out.add(operator(quantified.operator())).add(" ");
                out.add(quantified.quantifier().name()).add(" (");
                out.expression(quantified.array()).add(")");
            }
            case Condition.Exists exists -> {
                out.add("EXISTS ");
                out.queries.bracketed(exists.query());
            }
            case Condition.Overlaps overlaps ->
                    out.expression(overlaps.left()).add(" OVERLAPS ").expression(overlaps.right());
        }
        out.add(")");
    }

    private void chain(List<Expression> operands, String word) {
        for (int i = 0; i < operands.size(); i++) {
            out.add(i == 0 ? "" : word).expression(operands.get(i));
        }
    }

    private void is(Expression operand, boolean negated, String what) {
        out.expression(operand).add(negated ? " IS NOT " : " IS ").add(what);
    }

    private void like(Condition.Like like) {
        out.expression(like.operand()).add(like.negated() ? " NOT " : " ");
        out.add(like.kind().name().replace('_', ' ')).add(" ").expression(like.pattern());
        out.clause("ESCAPE", like.escape());
    }

    private void between(Condition.Between between) {
        out.expression(between.operand()).add(between.negated() ? " NOT" : "");
        out.add(between.symmetric() ? " BETWEEN SYMMETRIC " : " BETWEEN ");
        out.expression(between.low()).add(" AND ").expression(between.high());
    }

    private void compound(Compound compound) {
        switch (compound) {
            case Compound.Case branches -> branches(branches);
            case Compound.Coalesce coalesce -> function("COALESCE", coalesce.arguments());
            case Compound.Greatest greatest -> function("GREATEST", greatest.arguments());
            case Compound.Least least -> function("LEAST", least.arguments());
            case Compound.Grouping grouping -> function("GROUPING", grouping.arguments());
            case Compound.NullIf nullIf ->
                    function("NULLIF", List.of(nullIf.left(), nullIf.right()));
            case Compound.Row row -> function(row.explicit() ? "ROW" : "", row.elements());
            case Compound.ArrayConstructor array ->
                    out.add("ARRAY[").expressions(array.elements()).add("]");
            case Compound.ArrayQuery array -> {
                out.add("ARRAY");
                out.queries.bracketed(array.query());
            }
            case Compound.ScalarQuery scalar -> out.queries.bracketed(scalar.query());
            case Compound.ValueFunction value -> {
                out.add(value.kind().name());
                if (value.precision() != null) {
                    out.add("(" + value.precision() + ")");
                }
            }
        }
    }

    private void function(String name, List<Expression> arguments) {
        out.add(name).add("(").expressions(arguments).add(")");
    }

    private void branches(Compound.Case branches) {
        out.add("CASE");
        if (branches.operand() != null) {
            out.add(" ").expression(branches.operand());
        }
        for (Compound.When branch : branches.branches()) {
            out.clause("WHEN", branch.condition()).clause("THEN", branch.result());
        }
        out.clause("ELSE", branches.otherwise()).add(" END");
    }
}
