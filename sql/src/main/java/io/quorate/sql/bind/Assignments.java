package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.BoundStatement.Assignment;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Expression;
import java.util.ArrayList;
import java.util.List;

/// Binds the SET of UPDATE and of ON CONFLICT DO UPDATE.
final class Assignments {
    private final Binding binding;
    private final TableDescriptor table;
    private final Scope scope;
    private final Coercer coercer;
    private final TableExpressions tableExpressions;
    private final List<Assignment> bound = new ArrayList<>();

    /// @param scope what the values may name
    Assignments(Binding binding, TableDescriptor table, Scope scope) {
        this.binding = binding;
        this.table = table;
        this.scope = scope;
        this.coercer = new Coercer(binding);
        this.tableExpressions = new TableExpressions(binding);
    }

    List<Assignment> bind(List<DataStatement.Assignment> written) {
        for (DataStatement.Assignment assignment : written) {
            assign(assignment);
        }
        return List.copyOf(bound);
    }

    private void assign(DataStatement.Assignment assignment) {
        switch (assignment) {
            case DataStatement.Assignment.Single single -> assign(single.target(), single.value());
            case DataStatement.Assignment.Multiple multiple -> {
                if (!(multiple.source() instanceof Compound.Row row)) {
                    throw Errors.unsupported(
                            "an assignment of several columns from a subquery",
                            multiple.source().position());
                }
                if (row.elements().size() != multiple.targets().size()) {
                    throw Errors.error(
                            ErrorCode.SYNTAX_ERROR,
                            "number of columns does not match number of values",
                            row.position());
                }
                for (int i = 0; i < row.elements().size(); i++) {
                    assign(multiple.targets().get(i), row.elements().get(i));
                }
            }
        }
    }

    private void assign(DataStatement.Target target, Expression expression) {
        int position = Targets.position(table, target);
        ColumnDescriptor column = table.columns().get(position);
        if (bound.stream().anyMatch(each -> each.position() == position)) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "multiple assignments to same column \"" + column.name() + "\"",
                    target.position());
        }
        if (expression instanceof Expression.Default) {
            bound.add(new Assignment(position, tableExpressions.defaultOf(column)));
            return;
        }
        if (column.identity() == Identity.ALWAYS) {
            throw Errors.error(
                            ErrorCode.GENERATED_ALWAYS,
                            "column \"" + column.name() + "\" can only be updated to DEFAULT",
                            target.position())
                    .withDetail(
                            "Column \""
                                    + column.name()
                                    + "\" is an identity column defined as GENERATED ALWAYS.");
        }
        Expr value = new ExpressionBinder(binding, scope, Place.UPDATE).bind(expression);
        bound.add(
                new Assignment(
                        position,
                        coercer.toColumn(
                                value, column.type(), column.name(), expression.position())));
    }
}
