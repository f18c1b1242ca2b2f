package io.quorate.sql.bind;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.BoundStatement.BoundCheck;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.Constant;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.Expression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The expressions that a table's descriptor holds as text: defaults and CHECK constraints.
final class TableExpressions {
    private final Binding binding;
    private final Coercer coercer;

    TableExpressions(Binding binding) {
        this.binding = binding;
        this.coercer = new Coercer(binding);
    }

    /// The default of a column; NULL where it has none.
    Expr defaultOf(ColumnDescriptor column) {
        String sql = column.defaultSql();
        return sql == null
                ? Constant.nullOf(column.type())
                : defaultOf(Parser.parseExpression(sql), column);
    }

    Expr defaultOf(Expression expression, ColumnDescriptor column) {
        Scope nothing = Scope.empty(new Closure(null), List.of());
        Expr bound = new ExpressionBinder(binding, nothing, Place.DEFAULT).bind(expression);
        return coercer.toColumn(bound, column.type(), column.name(), expression.position());
    }

    /// The CHECK constraints over a row of the table, in the order in which they are checked.
    List<BoundCheck> checksOf(TableDescriptor table) {
        List<CheckDescriptor> sorted = new ArrayList<>(table.checks());
        sorted.sort(Comparator.comparing(CheckDescriptor::name));
        List<BoundCheck> checks = new ArrayList<>();
        for (CheckDescriptor check : sorted) {
            Expression expression = Parser.parseExpression(check.expressionSql());
            checks.add(new BoundCheck(check.name(), check(expression, table)));
        }
        return checks;
    }

    Expr check(Expression expression, TableDescriptor table) {
        FromBinder.Item item =
                new FromBinder(binding, new QueryBinder(binding), false).scan(table, null, false);
        Scope scope = item.scope(Scope.empty(new Closure(null), List.of()));
        Expr condition =
                new ExpressionBinder(binding, scope, Place.CHECK)
                        .bindCondition(expression, "CHECK");
        Check.that(
                item.width() == table.columns().size(), "a check stands over the table's columns");
        return condition;
    }
}
