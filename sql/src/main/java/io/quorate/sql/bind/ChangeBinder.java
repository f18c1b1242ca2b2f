package io.quorate.sql.bind;

import io.quorate.sql.algebra.BoundStatement.Assignment;
import io.quorate.sql.algebra.BoundStatement.BoundDelete;
import io.quorate.sql.algebra.BoundStatement.BoundUpdate;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.bind.Selection.Output;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.With;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds UPDATE and DELETE: the rows they are about, and what becomes of them.
final class ChangeBinder {
    private final Binding binding;
    private final QueryBinder queries;

    ChangeBinder(Binding binding) {
        this.binding = binding;
        this.queries = new QueryBinder(binding);
    }

    /// The rows to change: the table's columns, the key, then what FROM or USING adds.
    private record Source(TableDescriptor table, Rel rel, Scope scope, CommonTables commonTables) {}

    BoundUpdate bind(DataStatement.Update update) {
        Source source = source(update.with(), update.table(), update.from(), update.where());
        List<Assignment> assignments =
                new Assignments(binding, source.table(), source.scope()).bind(update.assignments());
        List<Output> returning = returning(update.returning(), source);
        return new BoundUpdate(
                source.table(),
                source.commonTables().around(source.rel()),
                assignments,
                ReachedTables.from(binding, source.table(), true),
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
                ReachedTables.from(binding, source.table(), true),
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
}
