package io.quorate.sql.exec;

import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the right rows by a hash table over their keys.
final class HashJoinOperator extends JoinOperator {
    private final Evaluator[] leftKeys;
    private final Evaluator[] rightKeys;
    private final SqlType[] types;
    private final Frame frame;
    private final Map<GroupKey, List<Entry>> table = new HashMap<>();

    HashJoinOperator(PlanNode.HashJoin node, Frame frame) {
        super(
                node.kind(),
                Operators.create(node.left(), frame),
                Operators.create(node.right(), frame),
                node.residual(),
                node.leftWidth(),
                node.rightWidth(),
                frame);
        this.leftKeys = Computed.evaluators(node.leftKeys());
        this.rightKeys = Computed.evaluators(node.rightKeys());
        this.types = GroupKey.types(node.keyTypes());
        this.frame = frame;
    }

    @Override
    void index(Entry entry) {
        @Nullable Object[] values = Evaluator.all(rightKeys, frame, entry.row);
        if (!GroupKey.hasNull(values)) {
            table.computeIfAbsent(new GroupKey(types, values), key -> new ArrayList<>(1))
                    .add(entry);
        }
    }

    @Override
    List<Entry> candidates(@Nullable Object[] row) {
        @Nullable Object[] values = Evaluator.all(leftKeys, frame, row);
        if (GroupKey.hasNull(values)) {
            return List.of();
        }
        List<Entry> found = table.get(new GroupKey(types, values));
        return found == null ? List.of() : found;
    }

    @Override
    public void close() {
        super.close();
        table.clear();
    }
}
