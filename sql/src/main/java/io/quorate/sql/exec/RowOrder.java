package io.quorate.sql.exec;

import io.quorate.sql.algebra.SortKey;
import io.quorate.sql.type.Datums;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of rows by sort keys.
final class RowOrder implements Comparator<@Nullable Object[]> {
    private final SortKey[] keys;

    RowOrder(List<SortKey> keys) {
        this.keys = keys.toArray(SortKey[]::new);
    }

    @Override
    public int compare(@Nullable Object[] left, @Nullable Object[] right) {
        for (SortKey key : keys) {
            Object first = left[key.slot()];
            Object second = right[key.slot()];
            int order;
            if (first == null || second == null) {
                if (first == second) {
                    continue;
                }
                order = (first == null) == key.nullsFirst() ? -1 : 1;
            } else {
                order = Datums.compare(key.type(), first, second);
                if (key.descending()) {
                    order = -order;
                }
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
