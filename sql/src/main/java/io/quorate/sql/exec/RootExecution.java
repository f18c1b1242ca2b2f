package io.quorate.sql.exec;

import org.jspecify.annotations.Nullable;

/// The run of a whole plan.
final class RootExecution implements Execution {
    private enum State {
        NEW,
        OPEN,
        DONE
    }

    private final Operator root;
    private final Run run;
    private final Frame frame;
    private State state = State.NEW;
    private long returned;

    RootExecution(PhysicalPlan plan, ExecutionContext context) {
        this.run = new Run(context);
        this.frame = Frame.ofStatement(run);
        this.root = Operators.create(plan.root(), frame);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (state == State.DONE) {
            return null;
        }
        if (state == State.NEW) {
            run.checkCancelled();
            state = State.OPEN;
            root.open();
        }
        @Nullable Object[] row = root.next();
        if (row == null) {
            run.keyDuties().carryOut(frame);
            close();
        } else {
            returned++;
        }
        return row;
    }

    @Override
    public long affectedRows() {
        return root instanceof ChangeOperator change ? change.affectedRows() : returned;
    }

    @Override
    public void close() {
        if (state == State.OPEN) {
            root.close();
        }
        state = State.DONE;
    }
}
