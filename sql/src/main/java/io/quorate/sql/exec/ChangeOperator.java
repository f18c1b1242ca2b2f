package io.quorate.sql.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement that changes rows: all of it when it is opened, then the rows of RETURNING.
abstract class ChangeOperator implements Operator {
    /// How many keys are locked with one call.
    static final int LOCK_BATCH_KEYS = 512;

    private final Frame frame;
    private final @Nullable List<Computed> returning;
    private final List<@Nullable Object[]> returned = new ArrayList<>();
    private int position;
    private long affected;

    ChangeOperator(Frame frame, @Nullable List<Computed> returning) {
        this.frame = frame;
        this.returning = returning;
    }

    /// Makes the change, calling [#changed] for each row.
    abstract void change();

    /// Counts a row.
    ///
    /// @param row what RETURNING stands over
    final void changed(@Nullable Object[] row) {
        affected++;
        if (returning != null) {
            frame.run().hold();
            @Nullable Object[] values = new Object[returning.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = returning.get(i).evaluate(frame, row);
            }
            returned.add(values);
        }
    }

    final Frame frame() {
        return frame;
    }

    final long affectedRows() {
        return affected;
    }

    @Override
    public final void open() {
        change();
    }

    @Override
    public final @Nullable Object @Nullable [] next() {
        return position == returned.size() ? null : returned.get(position++);
    }

    @Override
    public final void close() {
        frame.run().release(returned.size());
        returned.clear();
        position = 0;
    }
}
