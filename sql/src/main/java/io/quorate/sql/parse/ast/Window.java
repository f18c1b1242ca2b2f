package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands behind OVER.
public sealed interface Window extends Node {
    /// `OVER name`: the window of the WINDOW clause itself, with its frame.
    record Named(String name, int position) implements Window {}

    /// `OVER (…)`, and the right side of an element of the WINDOW clause.
    ///
    /// @param base the window this one is built upon, `OVER (base ORDER BY …)`; null if none
    /// @param frame null if not written, which means RANGE UNBOUNDED PRECEDING
    record Specification(
            @Nullable Name base,
            List<Expression> partitionBy,
            List<SortItem> orderBy,
            @Nullable Frame frame,
            int position)
            implements Window {
        public Specification {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }
    }

    /// An element of the WINDOW clause.
    record Definition(Name name, Specification window) implements Node {
        @Override
        public int position() {
            return name.position();
        }
    }

    /// @param end CURRENT ROW where BETWEEN was not written
    record Frame(Unit unit, Bound start, Bound end, Exclusion exclusion, int position)
            implements Node {}

    /// @param offset for the two kinds that count; null for the others
    record Bound(BoundKind kind, @Nullable Expression offset, int position) implements Node {}

    enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }
}
