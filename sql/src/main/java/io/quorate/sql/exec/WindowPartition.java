package io.quorate.sql.exec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sorted rows of one partition and their groups of peers. Rows and groups count from 0, ends are
/// exclusive.
final class WindowPartition {
    private final List<@Nullable Object[]> rows;
    private final int[] groupOf;
    private final int[] groupStarts;

    /// @param order by which rows are peers; without keys all are
    WindowPartition(List<@Nullable Object[]> rows, RowOrder order, Frame frame) {
        this.rows = rows;
        this.groupOf = new int[rows.size()];
        int[] starts = new int[rows.size() + 1];
        int groups = 1;
        for (int i = 1; i < rows.size(); i++) {
            frame.run().step();
            if (order.compare(rows.get(i - 1), rows.get(i)) != 0) {
                starts[groups++] = i;
            }
            groupOf[i] = groups - 1;
        }
        starts[groups] = rows.size();
        this.groupStarts = Arrays.copyOf(starts, groups + 1);
    }

    int size() {
        return rows.size();
    }

    @Nullable Object[] row(int index) {
        return rows.get(index);
    }

    int groups() {
        return groupStarts.length - 1;
    }

    int groupOf(int row) {
        return groupOf[row];
    }

    int groupStart(int group) {
        return groupStarts[group];
    }

    int groupEnd(int group) {
        return groupStarts[group + 1];
    }

    int peersStart(int row) {
        return groupStart(groupOf[row]);
    }

    int peersEnd(int row) {
        return groupEnd(groupOf[row]);
    }
}
