package io.quorate.sql.algebra;

import io.quorate.sql.function.AggregateFunction;
import io.quorate.sql.function.ResolvedAggregate;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An aggregate over the rows of a group.
///
/// @param arguments over the input's row
/// @param order of the rows within the group, for aggregates that depend on it; over the input's row
/// @param filter which rows count; null for all
public record AggregateCall(
        ResolvedAggregate resolved,
        List<Expr> arguments,
        boolean distinct,
        List<Order> order,
        @Nullable Expr filter) {

    public record Order(Expr key, boolean descending, boolean nullsFirst) {
        /// The same directions for other keys.
        static List<Order> withKeys(List<Order> order, List<Expr> keys) {
            List<Order> changed = new ArrayList<>();
            for (Order each : order) {
                Expr key = keys.get(changed.size());
                changed.add(new Order(key, each.descending(), each.nullsFirst()));
            }
            return changed;
        }
    }

    public AggregateFunction function() {
        return resolved.function();
    }

    public SqlType type() {
        return resolved.resultType();
    }

    /// Arguments, order keys and filter.
    public List<Expr> children() {
        List<Expr> children = new ArrayList<>(arguments);
        order.forEach(each -> children.add(each.key()));
        if (filter != null) {
            children.add(filter);
        }
        return children;
    }

    public AggregateCall withChildren(List<Expr> children) {
        int count = arguments.size();
        return new AggregateCall(
                resolved,
                List.copyOf(children.subList(0, count)),
                distinct,
                Order.withKeys(order, children.subList(count, count + order.size())),
                filter == null ? null : children.getLast());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AggregateCall that
                && function().oid() == that.function().oid()
                && type().equals(that.type())
                && arguments.equals(that.arguments)
                && distinct == that.distinct
                && order.equals(that.order)
                && Objects.equals(filter, that.filter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(function().oid(), arguments);
    }
}
