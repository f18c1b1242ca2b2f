package io.quorate.sql.exec;

import org.jspecify.annotations.Nullable;

/// A compiled expression. Without state of its own: shared by all runs.
@FunctionalInterface
interface Evaluator {
    @Nullable Object evaluate(Frame frame, @Nullable Object[] row);

    /// Whether a condition holds: NULL does not.
    default boolean holds(Frame frame, @Nullable Object[] row) {
        return Boolean.TRUE.equals(evaluate(frame, row));
    }

    @Nullable Object[] NO_ROW = new Object[0];

    /// The values of all, over one row.
    static @Nullable Object[] all(Evaluator[] evaluators, Frame frame, @Nullable Object[] row) {
        @Nullable Object[] values = new Object[evaluators.length];
        for (int i = 0; i < evaluators.length; i++) {
            values[i] = evaluators[i].evaluate(frame, row);
        }
        return values;
    }
}
