package io.quorate.sql.bind;

import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Condition;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an output column without an alias is called. Clients look columns up by these names.
final class OutputNames {
    private static final String NONE = "?column?";

    /// @param strong whether it keeps its name inside a cast or the ELSE of a CASE
    private record Figured(String name, boolean strong) {}

    private OutputNames() {}

    static String of(Query.SelectItem item) {
        return item.alias() != null ? item.alias().text() : of(item.expression());
    }

    static String of(Expression expression) {
        Figured figured = figure(expression);
        return figured == null ? NONE : figured.name();
    }

    private static @Nullable Figured figure(Expression expression) {
        return switch (expression) {
            case Expression.ColumnReference column -> strong(column.last());
            case Expression.Indirection indirection -> indirection(indirection);
            case Expression.FunctionCall call -> strong(call.name().last());
            case Expression.Cast cast -> {
                Figured inner = figure(cast.operand());
                yield inner != null && inner.strong()
                        ? inner
                        : new Figured(cast.type().name().last(), false);
            }
            case Expression.Collate collate -> figure(collate.operand());
            case Expression.BooleanLiteral literal -> new Figured("bool", false);
            case Compound.Case branches -> {
                Expression otherwise = branches.otherwise();
                Figured inner = otherwise == null ? null : figure(otherwise);
                yield inner != null && inner.strong() ? inner : new Figured("case", false);
            }
            case Compound.Coalesce coalesce -> strong("coalesce");
            case Compound.Greatest greatest -> strong("greatest");
            case Compound.Least least -> strong("least");
            case Compound.NullIf nullIf -> strong("nullif");
            case Compound.Row row -> strong("row");
            case Compound.ArrayConstructor array -> strong("array");
            case Compound.ArrayQuery array -> strong("array");
            case Compound.Grouping grouping -> strong("grouping");
            case Compound.ScalarQuery query -> ofQuery(query.query());
            case Compound.ValueFunction function ->
                    strong(
                            function.kind() == Compound.ValueFunction.Kind.USER
                                    ? "user"
                                    : function.kind().name().toLowerCase(Locale.ROOT));
            case Condition.Exists exists -> strong("exists");
            case Expression.Atom atom -> null;
            case Condition condition -> null;
        };
    }

    private static Figured strong(String name) {
        return new Figured(name, true);
    }

    private static @Nullable Figured indirection(Expression.Indirection indirection) {
        List<Expression.Accessor> accessors = indirection.accessors();
        for (int i = accessors.size() - 1; i >= 0; i--) {
            if (accessors.get(i) instanceof Expression.Accessor.Field field) {
                return strong(field.name());
            }
        }
        return figure(indirection.base());
    }

    /// A scalar subquery is called as its only column.
    private static @Nullable Figured ofQuery(Query query) {
        return switch (query.body()) {
            case Query.Select select ->
                    select.items().isEmpty() ? null : ofItem(select.items().getFirst());
            case Query.SetOperation operation -> ofQuery(operation.left());
            case Query.Values values -> strong("column1");
        };
    }

    private static @Nullable Figured ofItem(Query.SelectItem item) {
        return item.alias() != null ? strong(item.alias().text()) : strong(of(item.expression()));
    }
}
