package io.quorate.sql.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows kept in memory, charged to the run's budget.
final class HeldRows {
    private final Run run;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    HeldRows(Run run) {
        this.run = run;
    }

    /// Reads all of an operator: opens, drains and closes it.
    static HeldRows of(Operator operator, Run run) {
        HeldRows held = new HeldRows(run);
        operator.open();
        try {
            for (@Nullable Object[] row = operator.next(); row != null; row = operator.next()) {
                held.add(row);
            }
        } finally {
            operator.close();
        }
        return held;
    }

    void add(@Nullable Object[] row) {
        run.hold();
        run.step();
        rows.add(row);
    }

    List<@Nullable Object[]> rows() {
        return rows;
    }

    int size() {
        return rows.size();
    }

    void release() {
        run.release(rows.size());
        rows.clear();
    }
}
