package io.quorate.sql.bind;

import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Spreads out the `*` of a query's select lists, for a query that is kept as text: it must not gain
/// columns with its tables.
final class Stars {
    private final Binding binding;
    private final QueryBinder queries;

    Stars(Binding binding) {
        this.binding = binding;
        this.queries = new QueryBinder(binding);
    }

    /// @param query one that can be bound
    Query spreadOut(Query query) {
        return spreadOut(query, Scope.empty(new Closure(null), List.of()));
    }

    private Query spreadOut(Query query, Scope around) {
        Scope scope = new CommonTables(binding, queries, around).define(query.with());
        return switch (query.body()) {
            case Query.Select select -> query.withBody(spreadOut(select, scope));
            case Query.SetOperation operation ->
                    query.withBody(
                            new Query.SetOperation(
                                    operation.kind(),
                                    operation.all(),
                                    spreadOut(operation.left(), scope),
                                    spreadOut(operation.right(), scope),
                                    operation.position()));
            case Query.Values values -> query;
        };
    }

    private Query.Select spreadOut(Query.Select select, Scope around) {
        boolean hasStar =
                select.items().stream()
                        .anyMatch(item -> item.expression() instanceof Expression.Star);
        if (!hasStar) {
            return select;
        }
        Scope scope =
                new FromBinder(binding, queries, false)
                        .bind(FromBinder.Item.NOTHING, select.from(), around)
                        .scope(around);
        List<Query.SelectItem> items = new ArrayList<>();
        for (Query.SelectItem item : select.items()) {
            if (item.expression() instanceof Expression.Star star) {
                for (Scope.Column column : Selection.columnsOf(star, scope)) {
                    items.add(
                            new Query.SelectItem(
                                    new Expression.ColumnReference(name(column), star.position()),
                                    null,
                                    star.position()));
                }
            } else {
                items.add(item);
            }
        }
        return select.withItems(items);
    }

    /// A column that a join merged from two has no table's name.
    private static List<String> name(Scope.Column column) {
        @Nullable String table = column.table();
        return table == null ? List.of(column.name()) : List.of(table, column.name());
    }
}
