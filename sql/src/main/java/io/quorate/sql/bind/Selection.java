package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The columns of a select list or of RETURNING, with `*` spread out.
final class Selection {
    private Selection() {}

    record Output(Expr expr, OutputColumn column, int position) {}

    static List<Output> bind(
            List<Query.SelectItem> items, ExpressionBinder expressions, boolean settled) {
        List<Output> outputs = new ArrayList<>();
        Coercer coercer = new Coercer(expressions.binding());
        for (Query.SelectItem item : items) {
            if (item.expression() instanceof Expression.Star star) {
                outputs.addAll(star(star, expressions));
                continue;
            }
            Expr expr = expressions.bind(item.expression());
            int position = item.expression().position();
            if (settled) {
                expr = coercer.settled(expr, position);
            }
            outputs.add(new Output(expr, column(item, expr, expressions), position));
        }
        return outputs;
    }

    private static OutputColumn column(
            Query.SelectItem item, Expr expr, ExpressionBinder expressions) {
        String name = OutputNames.of(item);
        if (item.expression() instanceof Expression.ColumnReference reference) {
            Scope.Column column = expressions.lookup(reference);
            if (column != null) {
                return new OutputColumn(name, expr.type(), column.tableOid(), column.number());
            }
        }
        return OutputColumn.computed(name, expr.type());
    }

    private static List<Output> star(Expression.Star star, ExpressionBinder expressions) {
        List<Output> outputs = new ArrayList<>();
        for (Scope.Column column : columnsOf(star, expressions.scope())) {
            Expr expr = expressions.placed(column, star.position());
            outputs.add(
                    new Output(
                            expr,
                            new OutputColumn(
                                    column.name(), expr.type(), column.tableOid(), column.number()),
                            star.position()));
        }
        return outputs;
    }

    static List<Scope.Column> columnsOf(Expression.Star star, Scope scope) {
        List<String> qualifier = star.qualifier();
        if (qualifier.isEmpty()) {
            if (scope.tables().isEmpty() && scope.columns().isEmpty()) {
                throw Errors.error(
                        ErrorCode.SYNTAX_ERROR,
                        "SELECT * with no tables specified is not valid",
                        star.position());
            }
            return scope.columns();
        }
        String schema = qualifier.size() > 1 ? qualifier.get(qualifier.size() - 2) : null;
        List<Scope.Column> columns = scope.findAll(schema, qualifier.getLast(), star.position());
        if (columns == null) {
            throw ExpressionBinder.missingTable(qualifier.getLast(), star.position());
        }
        return columns;
    }

    /// The output column that an item of ORDER BY or GROUP BY means by its number or name alone; -1
    /// where it means none.
    static int outputSlot(Expression expression, List<OutputColumn> columns, String clause) {
        int byNumber = outputNumber(expression, columns.size(), clause);
        if (byNumber >= 0) {
            return byNumber;
        }
        String name = bareName(expression);
        if (name == null) {
            return -1;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// As [#outputSlot], by number only.
    static int outputNumber(Expression expression, int count, String clause) {
        if (!(expression instanceof Expression.NumberLiteral number)) {
            if (expression instanceof Expression.StringLiteral
                    || expression instanceof Expression.BooleanLiteral) {
                throw Errors.error(
                        ErrorCode.SYNTAX_ERROR,
                        "non-integer constant in " + clause,
                        expression.position());
            }
            return -1;
        }
        if (!number.isInteger()) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "non-integer constant in " + clause,
                    expression.position());
        }
        // More digits than any select list has columns.
        int position = number.text().length() > 6 ? -1 : Integer.parseInt(number.text());
        if (position < 1 || position > count) {
            throw Errors.error(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    clause + " position " + number.text() + " is not in select list",
                    expression.position());
        }
        return position - 1;
    }

    static @Nullable String bareName(Expression expression) {
        return expression instanceof Expression.ColumnReference column && column.parts().size() == 1
                ? column.last()
                : null;
    }

    /// Whether a set stands somewhere in the expression.
    static boolean containsSet(Expr expr) {
        return Exprs.any(
                expr, each -> each instanceof Expr.Call call && call.callee().returnsSet());
    }

    static void refuseSets(List<List<Expr>> rows, String place, int position) {
        for (List<Expr> row : rows) {
            for (Expr expr : row) {
                if (containsSet(expr)) {
                    throw Errors.error(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "set-returning functions are not allowed in " + place,
                            position);
                }
            }
        }
    }
}
