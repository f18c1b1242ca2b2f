package io.quorate.sql.algebra;

import io.quorate.sql.function.InRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which rows of its partition a window shows to a row. A row's peers are those that the window's
/// order does not part from it.
public record WindowFrame(Unit unit, Bound start, Bound end, Exclusion exclusion) {
    /// What is meant where nothing is written: the rows up to the last peer.
    public static final WindowFrame DEFAULT =
            new WindowFrame(
                    Unit.RANGE,
                    new Bound(BoundKind.UNBOUNDED_PRECEDING, null, null),
                    new Bound(BoundKind.CURRENT_ROW, null, null),
                    Exclusion.NO_OTHERS);

    /// What an offset counts.
    public enum Unit {
        ROWS,
        /// The difference in the one column of the order.
        RANGE,
        /// Sets of peers.
        GROUPS
    }

    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        /// The row and its peers.
        GROUP,
        /// The peers, not the row itself.
        TIES
    }

    /// @param offset of PRECEDING and FOLLOWING: without a row; int8, but for RANGE of the range's type
    /// @param inRange of RANGE with an offset
    public record Bound(BoundKind kind, @Nullable Expr offset, @Nullable InRange inRange) {
        Bound withOffset(Expr newOffset) {
            return new Bound(kind, newOffset, inRange);
        }
    }

    /// The offsets.
    List<Expr> children() {
        List<Expr> children = new ArrayList<>();
        if (start.offset() != null) {
            children.add(start.offset());
        }
        if (end.offset() != null) {
            children.add(end.offset());
        }
        return children;
    }

    WindowFrame withChildren(List<Expr> children) {
        return new WindowFrame(
                unit,
                start.offset() == null ? start : start.withOffset(children.getFirst()),
                end.offset() == null ? end : end.withOffset(children.getLast()),
                exclusion);
    }
}
