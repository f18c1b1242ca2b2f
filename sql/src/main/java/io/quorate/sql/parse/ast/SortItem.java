package io.quorate.sql.parse.ast;

import org.jspecify.annotations.Nullable;

/// One element of ORDER BY.
///
/// @param using the operator of `USING <`; null unless written
public record SortItem(
        Expression expression,
        Direction direction,
        @Nullable OperatorName using,
        Nulls nulls,
        int position)
        implements Node {
    public enum Direction {
        /// Nothing was written: ascending.
        DEFAULT,
        ASCENDING,
        DESCENDING
    }

    public enum Nulls {
        /// Nothing was written: last when ascending, first when descending.
        DEFAULT,
        FIRST,
        LAST
    }
}
