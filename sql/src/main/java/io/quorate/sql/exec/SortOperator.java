package io.quorate.sql.exec;

import io.quorate.sql.algebra.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sorts in memory; equal rows stay in the order they came.
final class SortOperator implements Operator {
    private final Operator input;
    private final RowOrder order;
    private final Frame frame;
    private @Nullable HeldRows rows;
    private int position;

    SortOperator(Operator input, List<SortKey> keys, Frame frame) {
        this.input = input;
        this.order = new RowOrder(keys);
        this.frame = frame;
    }

    @Override
    public void open() {
        HeldRows held = HeldRows.of(input, frame.run());
        held.rows().sort(order);
        rows = held;
        position = 0;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        HeldRows held = rows;
        return held == null || position == held.size() ? null : held.rows().get(position++);
    }

    @Override
    public void close() {
        HeldRows held = rows;
        rows = null;
        if (held != null) {
            held.release();
        }
    }
}
