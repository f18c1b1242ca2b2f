package io.quorate.sql.bind;

import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.parse.ast.SortItem;

/// The directions of ORDER BY.
final class Sorting {
    private Sorting() {}

    static boolean isDescending(SortItem item) {
        OperatorName using = item.using();
        if (using != null) {
            return switch (using.symbol()) {
                case "<" -> false;
                case ">" -> true;
                default ->
                        throw Errors.unsupported(
                                "ORDER BY … USING " + using.symbol(), using.position());
            };
        }
        return item.direction() == SortItem.Direction.DESCENDING;
    }

    /// NULL counts as larger than everything.
    static boolean isNullsFirst(SortItem item) {
        return switch (item.nulls()) {
            case DEFAULT -> isDescending(item);
            case FIRST -> true;
            case LAST -> false;
        };
    }
}
