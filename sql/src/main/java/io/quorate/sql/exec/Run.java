package io.quorate.sql.exec;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;

/// The bookkeeping of one run: cancellation and the budget of rows held in memory.
final class Run {
    private static final int ROWS_PER_CHECK = 1024;

    private final ExecutionContext context;
    private final KeyDuties keyDuties;
    private int untilCheck = ROWS_PER_CHECK;
    private long heldRows;

    Run(ExecutionContext context) {
        this(context, new KeyDuties());
    }

    /// For one of several runs that are one statement.
    Run(ExecutionContext context, KeyDuties keyDuties) {
        this.context = context;
        this.keyDuties = keyDuties;
    }

    ExecutionContext context() {
        return context;
    }

    /// What foreign keys ask for at the end of the statement.
    KeyDuties keyDuties() {
        return keyDuties;
    }

    /// Called for each row an operator looks at; throws QUERY_CANCELED once cancelled.
    void step() {
        if (--untilCheck == 0) {
            untilCheck = ROWS_PER_CHECK;
            checkCancelled();
        }
    }

    void checkCancelled() {
        if (context.cancelled().getAsBoolean()) {
            throw new QuorateException(
                    ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
        }
    }

    /// Counts a row that stays in memory.
    void hold() {
        if (++heldRows > context.heldRowsMax()) {
            throw new QuorateException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the query holds more than "
                                    + context.heldRowsMax()
                                    + " rows in memory")
                    .withHint("Ask for fewer rows at once.");
        }
    }

    /// Takes back [#hold] for rows that were let go.
    void release(long rows) {
        heldRows -= rows;
    }
}
