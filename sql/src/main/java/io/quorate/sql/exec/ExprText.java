package io.quorate.sql.exec;

import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import io.quorate.sql.type.TypeText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Expressions as EXPLAIN prints them.
final class ExprText {
    private final List<String> names;
    private final Function<Expr.Subquery, String> subqueryNames;

    private ExprText(List<String> names, Function<Expr.Subquery, String> subqueryNames) {
        this.names = names;
        this.subqueryNames = subqueryNames;
    }

    /// @param names of the row's slots; a slot without one prints as its number
    static String of(Expr expr, List<String> names) {
        return of(expr, names, subquery -> "SubPlan");
    }

    static String of(Expr expr, List<String> names, Function<Expr.Subquery, String> subqueryNames) {
        return new ExprText(names, subqueryNames).text(expr);
    }

    private String text(Expr expr) {
        return switch (expr) {
            case Expr.Constant constant -> constant(constant.value(), constant.type());
            case Expr.ColumnRef column ->
                    column.slot() < names.size() ? names.get(column.slot()) : "#" + column.slot();
            case Expr.Correlated correlated -> "$" + correlated.index();
            case Expr.Parameter parameter -> "$" + (parameter.index() + 1);
            case Expr.Call call -> call(call.callee(), call.children());
            case Expr.Cast cast ->
                    cast.coercion().isIdentity() && !cast.explicit()
                            ? text(cast.operand())
                            : "(" + text(cast.operand()) + ")::" + cast.type().format();
            case Expr.And and -> "(" + joined(and.children(), " AND ") + ")";
            case Expr.Or or -> "(" + joined(or.children(), " OR ") + ")";
            case Expr.Not not -> "(NOT " + text(not.operand()) + ")";
            case Expr.IsNull isNull ->
                    "("
                            + text(isNull.operand())
                            + (isNull.negated() ? " IS NOT NULL)" : " IS NULL)");
            case Expr.IsTruth is ->
                    "("
                            + text(is.operand())
                            + (is.negated() ? " IS NOT " : " IS ")
                            + (is.truth() ? "TRUE)" : "FALSE)");
            case Expr.IsDistinct is ->
                    "("
                            + text(is.left())
                            + (is.negated() ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ")
                            + text(is.right())
                            + ")";
            case Expr.Case branches -> branches(null, branches.children());
            case Expr.CaseOf branches ->
                    branches(
                            branches.children().getFirst(),
                            branches.children().subList(1, branches.children().size()));
            case Expr.Coalesce coalesce -> "COALESCE(" + joined(coalesce.children(), ", ") + ")";
            case Expr.NullIf nullIf ->
                    "NULLIF(" + text(nullIf.left()) + ", " + text(nullIf.right()) + ")";
            case Expr.Extreme extreme ->
                    (extreme.greatest() ? "GREATEST(" : "LEAST(")
                            + joined(extreme.children(), ", ")
                            + ")";
            case Expr.InList list ->
                    "("
                            + text(list.operand())
                            + (list.negated() ? " <> ALL (ARRAY[" : " = ANY (ARRAY[")
                            + joined(list.values(), ", ")
                            + "]))";
            case Expr.QuantifiedArray quantified ->
                    "("
                            + text(quantified.left())
                            + " "
                            + quantified.operator()
                            + (quantified.all() ? " ALL (" : " ANY (")
                            + text(quantified.array())
                            + "))";
            case Expr.ArrayOf array -> "ARRAY[" + joined(array.children(), ", ") + "]";
            case Expr.Subscript subscript -> subscript(subscript.children());
            case Expr.Row row -> "ROW(" + joined(row.children(), ", ") + ")";
            case Expr.RowCompare compare -> rowCompare(compare);
            case Expr.Subquery subquery -> subquery(subquery);
            case Expr.PendingAggregate pending -> aggregate(pending.call());
            case Expr.PendingWindow pending -> pending.call().name() + "() OVER";
        };
    }

    private String joined(List<Expr> expressions, String separator) {
        return expressions.stream().map(this::text).collect(Collectors.joining(separator));
    }

    private String call(Callee callee, List<Expr> arguments) {
        if (callee.operator() == null) {
            return callee.name() + "(" + joined(arguments, ", ") + ")";
        }
        String symbol = callee.operator().symbol();
        return arguments.size() == 1
                ? "(" + symbol + " " + text(arguments.getFirst()) + ")"
                : "(" + text(arguments.get(0)) + " " + symbol + " " + text(arguments.get(1)) + ")";
    }

    private String branches(@Nullable Expr operand, List<Expr> children) {
        StringBuilder out = new StringBuilder("CASE");
        if (operand != null) {
            out.append(' ').append(text(operand));
        }
        for (int i = 0; i + 1 < children.size(); i += 2) {
            out.append(" WHEN ").append(text(children.get(i)));
            out.append(" THEN ").append(text(children.get(i + 1)));
        }
        return out.append(" ELSE ").append(text(children.getLast())).append(" END").toString();
    }

    private String subscript(List<Expr> children) {
        StringBuilder out = new StringBuilder(text(children.getFirst()));
        for (Expr index : children.subList(1, children.size())) {
            out.append('[').append(text(index)).append(']');
        }
        return out.toString();
    }

    private String rowCompare(Expr.RowCompare compare) {
        int width = compare.operators().size();
        return "(ROW("
                + joined(compare.children().subList(0, width), ", ")
                + ") "
                + compare.operators().getFirst()
                + " ROW("
                + joined(compare.children().subList(width, 2 * width), ", ")
                + "))";
    }

    private String subquery(Expr.Subquery subquery) {
        String name = subqueryNames.apply(subquery);
        return switch (subquery.kind()) {
            case SCALAR, ARRAY -> "(" + name + ")";
            case EXISTS -> "EXISTS(" + name + ")";
            case ANY, ALL ->
                    "("
                            + joined(subquery.left(), ", ")
                            + " "
                            + subquery.comparisons().getFirst()
                            + (subquery.kind() == Expr.SubqueryKind.ANY ? " ANY (" : " ALL (")
                            + name
                            + "))";
        };
    }

    static String aggregate(AggregateCall call, List<String> names) {
        return new ExprText(names, subquery -> "SubPlan").aggregate(call);
    }

    private String aggregate(AggregateCall call) {
        StringBuilder out = new StringBuilder(call.function().name()).append('(');
        if (call.distinct()) {
            out.append("DISTINCT ");
        }
        out.append(call.arguments().isEmpty() ? "*" : joined(call.arguments(), ", "));
        if (!call.order().isEmpty()) {
            List<String> keys = new ArrayList<>();
            call.order().forEach(order -> keys.add(text(order.key())));
            out.append(" ORDER BY ").append(String.join(", ", keys));
        }
        out.append(')');
        Expr filter = call.filter();
        if (filter != null) {
            out.append(" FILTER (WHERE ").append(text(filter)).append(')');
        }
        return out.toString();
    }

    private static String constant(@Nullable Object value, SqlType type) {
        if (value == null) {
            return "NULL::" + type.format();
        }
        String text = TypeText.encode(type, value, SessionFormat.DEFAULT);
        TypeKind kind = type.kind();
        if (kind == TypeKind.BOOL) {
            return text.equals("t") ? "true" : "false";
        }
        if (kind == TypeKind.INT4 || kind == TypeKind.NUMERIC) {
            return text.startsWith("-") ? "'" + text + "'::" + type.format() : text;
        }
        return "'" + text.replace("'", "''") + "'::" + type.format();
    }
}
