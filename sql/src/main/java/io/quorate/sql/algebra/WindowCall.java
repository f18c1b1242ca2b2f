package io.quorate.sql.algebra;

import io.quorate.sql.function.Windowed;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A window function, or an aggregate over the rows of a frame.
///
/// @param arguments over the input's row
/// @param filter which rows an aggregate counts; null for all
public record WindowCall(
        Windowed resolved, List<Expr> arguments, @Nullable Expr filter, WindowFrame frame) {

    public SqlType type() {
        return resolved.resultType();
    }

    public String name() {
        return resolved.function().name();
    }

    /// Arguments, filter and the frame's offsets.
    public List<Expr> children() {
        List<Expr> children = new ArrayList<>(arguments);
        if (filter != null) {
            children.add(filter);
        }
        children.addAll(frame.children());
        return children;
    }

    public WindowCall withChildren(List<Expr> children) {
        int count = arguments.size();
        int afterFilter = filter == null ? count : count + 1;
        return new WindowCall(
                resolved,
                List.copyOf(children.subList(0, count)),
                filter == null ? null : children.get(count),
                frame.withChildren(children.subList(afterFilter, children.size())));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WindowCall that
                && resolved.function().oid() == that.resolved.function().oid()
                && type().equals(that.type())
                && arguments.equals(that.arguments)
                && Objects.equals(filter, that.filter)
                && frame.equals(that.frame);
    }

    @Override
    public int hashCode() {
        return Objects.hash(resolved.function().oid(), arguments, frame);
    }
}
