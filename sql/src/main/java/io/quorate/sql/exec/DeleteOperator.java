package io.quorate.sql.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Deletes the rows of its input, which are as in [UpdateOperator].
final class DeleteOperator extends ChangeOperator {
    private final Operator input;
    private final PlanNode.Delete node;

    DeleteOperator(Operator input, PlanNode.Delete node, Frame frame) {
        super(frame, node.returning());
        this.input = input;
        this.node = node;
    }

    @Override
    void change() {
        int width = node.table().rows().table().columns().size();
        TargetRows targets = TargetRows.of(node.input(), input, width, frame());
        RowWriter writer = new RowWriter(node.table(), frame());
        for (@Nullable Object[] source : targets.rows()) {
            frame().run().step();
            writer.delete(targets.keyOf(source), Arrays.copyOf(source, width));
            changed(source);
        }
    }
}
