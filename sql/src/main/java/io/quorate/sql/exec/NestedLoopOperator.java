package io.quorate.sql.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at every pair of rows.
final class NestedLoopOperator extends JoinOperator {
    NestedLoopOperator(PlanNode.NestedLoop node, Frame frame) {
        super(
                node.kind(),
                Operators.create(node.left(), frame),
                Operators.create(node.right(), frame),
                node.condition(),
                node.leftWidth(),
                node.rightWidth(),
                frame);
    }

    @Override
    void index(Entry entry) {}

    @Override
    List<Entry> candidates(@Nullable Object[] row) {
        return entries();
    }
}
