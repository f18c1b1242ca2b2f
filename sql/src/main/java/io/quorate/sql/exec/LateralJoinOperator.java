package io.quorate.sql.exec;

import io.quorate.sql.algebra.Rel.JoinKind;
import org.jspecify.annotations.Nullable;

/// Runs its right side once per left row, with arguments from it.
final class LateralJoinOperator implements Operator {
    private final PlanNode.LateralJoin node;
    private final Operator left;
    private final Evaluator[] arguments;
    private final Frame frame;
    private @Nullable Object @Nullable [] leftRow;
    private @Nullable Operator right;
    private boolean matched;

    LateralJoinOperator(PlanNode.LateralJoin node, Frame frame) {
        this.node = node;
        this.left = Operators.create(node.left(), frame);
        this.arguments = Computed.evaluators(node.arguments());
        this.frame = frame;
    }

    @Override
    public void open() {
        left.open();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        while (true) {
            @Nullable Object[] current = leftRow;
            Operator running = right;
            if (current == null || running == null) {
                if (!advance()) {
                    return null;
                }
                continue;
            }
            @Nullable Object[] row = running.next();
            if (row != null) {
                @Nullable Object[] both = Operators.joined(current, row);
                if (Operators.passes(node.condition(), frame, both)) {
                    matched = true;
                    return both;
                }
                continue;
            }
            closeRight();
            if (!matched && node.kind() == JoinKind.LEFT) {
                return Operators.joined(current, new Object[node.rightWidth()]);
            }
        }
    }

    private boolean advance() {
        @Nullable Object[] row = left.next();
        leftRow = row;
        if (row == null) {
            return false;
        }
        frame.run().step();
        matched = false;
        Operator opened =
                Operators.create(node.right(), frame.invoke(Evaluator.all(arguments, frame, row)));
        right = opened;
        opened.open();
        return true;
    }

    private void closeRight() {
        Operator running = right;
        right = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void close() {
        closeRight();
        left.close();
    }
}
