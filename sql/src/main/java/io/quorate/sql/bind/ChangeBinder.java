package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.BoundStatement.Assignment;
import io.quorate.sql.algebra.BoundStatement.BoundDelete;
import io.quorate.sql.algebra.BoundStatement.BoundUpdate;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.bind.Selection.Output;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds UPDATE and DELETE: the rows they are about, and what becomes of them.
final class ChangeBinder {
    private final Binding binding;
    private final QueryBinder queries;
    private final Coercer coercer;
    private final TableExpressions tableExpressions;

    ChangeBinder(Binding binding) {
        this.binding = binding;
        this.queries = new QueryBinder(binding);
        this.coercer = new Coercer(binding);
        this.tableExpressions = new TableExpressions(binding);
    }

    /// The rows to change: the table's columns, the key, then what FROM or USING adds.
    private record Source(TableDescriptor table, Rel rel, Scope scope, CommonTables commonTables) {}

    BoundUpdate bind(DataStatement.Update update) {
        Source source = source(update.with(), update.table(), update.from(), update.where());
        List<Assignment> assignments = new ArrayList<>();
        for (DataStatement.Assignment assignment : update.assignments()) {
            assign(assignment, source, assignments);
        }
        List<Output> returning = returning(update.returning(), source);
        return new BoundUpdate(
                source.table(),
                source.commonTables().around(source.rel()),
                assignments,
                tableExpressions.checksOf(source.table()),
                !update.returning().isEmpty(),
                returning.stream().map(Output::expr).toList(),
                returning.stream().map(Output::column).toList(),
                binding.parameters().finished());
    }

    BoundDelete bind(DataStatement.Delete delete) {
        Source source = source(delete.with(), delete.table(), delete.using(), delete.where());
        List<Output> returning = returning(delete.returning(), source);
        return new BoundDelete(
                source.table(),
                source.commonTables().around(source.rel()),
                !delete.returning().isEmpty(),
                returning.stream().map(Output::expr).toList(),
                returning.stream().map(Output::column).toList(),
                binding.parameters().finished());
    }

    private Source source(
            @Nullable With with,
            TableExpression.TableReference target,
            List<TableExpression> others,
            @Nullable Expression where) {
        TableDescriptor table = Targets.table(binding, queries, target.name());
        CommonTables commonTables =
                new CommonTables(binding, queries, Scope.empty(new Closure(null), List.of()));
        Scope base = commonTables.define(with);
        FromBinder from = new FromBinder(binding, queries, false);
        FromBinder.Item item = from.bind(from.scan(table, target.alias(), true), others, base);
        Scope scope = item.scope(base);
        Rel rel = item.rel();
        if (where != null) {
            Expr condition =
                    new ExpressionBinder(binding, scope, Place.WHERE).bindCondition(where, "WHERE");
            rel = new Rel.Filter(rel, condition);
        }
        return new Source(table, rel, scope, commonTables);
    }

    private List<Output> returning(List<Query.SelectItem> items, Source source) {
        return Selection.bind(
                items, new ExpressionBinder(binding, source.scope(), Place.RETURNING), true);
    }

    private void assign(
            DataStatement.Assignment assignment, Source source, List<Assignment> assignments) {
        switch (assignment) {
            case DataStatement.Assignment.Single single ->
                    assign(single.target(), single.value(), source, assignments);
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
                    assign(multiple.targets().get(i), row.elements().get(i), source, assignments);
                }
            }
        }
    }

    private void assign(
            DataStatement.Target target,
            Expression expression,
            Source source,
            List<Assignment> assignments) {
        TableDescriptor table = source.table();
        int position = Targets.position(table, target);
        ColumnDescriptor column = table.columns().get(position);
        if (assignments.stream().anyMatch(each -> each.position() == position)) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "multiple assignments to same column \"" + column.name() + "\"",
                    target.position());
        }
        if (expression instanceof Expression.Default) {
            assignments.add(new Assignment(position, tableExpressions.defaultOf(column)));
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
        Expr bound = new ExpressionBinder(binding, source.scope(), Place.UPDATE).bind(expression);
        assignments.add(
                new Assignment(
                        position,
                        coercer.toColumn(
                                bound, column.type(), column.name(), expression.position())));
    }
}
