package io.quorate.sql.exec;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;

/// An INSERT run once per row of COPY, which is one statement all the same: what its rows refer to is
/// looked for in pieces, and where they refer to each other, at the end. For one thread.
public final class RepeatedInsert {
    private final PhysicalPlan plan;
    private final KeyDuties duties = new KeyDuties();

    public RepeatedInsert(PhysicalPlan plan) {
        this.plan = plan;
    }

    /// Inserts the row that the context's parameters make.
    public void row(ExecutionContext context) {
        Frame frame = Frame.ofStatement(new Run(context, duties));
        Operator insert = Operators.create(plan.root(), frame);
        insert.open();
        insert.close();
    }

    /// Looks for what the rows so far refer to in other tables.
    public void endPiece(ExecutionContext context) {
        duties.lookUpInOtherTables(Frame.ofStatement(new Run(context, duties)));
        if (duties.size() > context.heldRowsMax()) {
            throw new QuorateException(
                            ErrorCode.OUT_OF_MEMORY,
                            "more than " + context.heldRowsMax() + " rows refer to each other")
                    .withHint("Copy fewer rows at once.");
        }
    }

    /// Does what is still owed.
    public void finish(ExecutionContext context) {
        duties.carryOut(Frame.ofStatement(new Run(context, duties)));
    }
}
