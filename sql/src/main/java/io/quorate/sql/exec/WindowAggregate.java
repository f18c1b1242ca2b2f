package io.quorate.sql.exec;

import io.quorate.sql.function.Accumulator;
import io.quorate.sql.function.ResolvedAggregate;
import org.jspecify.annotations.Nullable;

/// An aggregate over the frame of each row. While the frame only grows at its end, which is the rule,
/// each row is added once; otherwise the frame is computed anew.
final class WindowAggregate implements WindowValues {
    private final PlanNode.FramedCall call;
    private final ResolvedAggregate aggregate;
    private final WindowPartition partition;
    private final WindowBounds bounds;
    private final Frame frame;
    private Accumulator accumulator;
    private int start;
    private int end;
    private boolean known;
    private @Nullable Object result;

    WindowAggregate(
            PlanNode.FramedCall call,
            ResolvedAggregate aggregate,
            WindowPartition partition,
            WindowBounds bounds,
            Frame frame) {
        this.call = call;
        this.aggregate = aggregate;
        this.partition = partition;
        this.bounds = bounds;
        this.frame = frame;
        this.accumulator = aggregate.newAccumulator();
    }

    @Override
    public @Nullable Object at(int row) {
        bounds.moveTo(row);
        boolean grows = bounds.excludesNothing() && bounds.start() == start && bounds.end() >= end;
        if (known && grows && bounds.end() == end) {
            return result;
        }
        if (!grows) {
            accumulator = aggregate.newAccumulator();
            start = bounds.start();
            end = start;
        }
        for (; end < bounds.end(); end++) {
            if (!bounds.isExcluded(end)) {
                add(partition.row(end));
            }
        }
        result = accumulator.result();
        known = true;
        return result;
    }

    private void add(@Nullable Object[] row) {
        frame.run().step();
        if (Operators.passes(call.filter(), frame, row)) {
            @Nullable Object[] values = new Object[call.arguments().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = call.arguments().get(i).evaluate(frame, row);
            }
            accumulator.add(values);
        }
    }
}
