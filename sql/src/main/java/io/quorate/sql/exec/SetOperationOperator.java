package io.quorate.sql.exec;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.Rel.SetKind;
import io.quorate.sql.type.SqlType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// UNION, INTERSECT and EXCEPT. UNION streams the left side, then the right one; the others count the
/// right side first.
final class SetOperationOperator implements Operator {
    private final PlanNode.SetOperation node;
    private final Operator left;
    private final Operator right;
    private final SqlType[] types;
    private final Frame frame;

    /// UNION: the rows that were given (count 1). Otherwise: how many right rows are left over; for the
    /// forms without ALL, -1 once the row was given.
    private final Map<GroupKey, Integer> counts = new HashMap<>();

    private boolean leftDone;

    SetOperationOperator(PlanNode.SetOperation node, Frame frame) {
        this.node = node;
        this.left = Operators.create(node.left(), frame);
        this.right = Operators.create(node.right(), frame);
        this.types = GroupKey.types(node.types());
        this.frame = frame;
    }

    @Override
    public void open() {
        if (node.kind() != SetKind.UNION) {
            right.open();
            try {
                for (@Nullable Object[] row = right.next(); row != null; row = right.next()) {
                    frame.run().step();
                    if (counts.merge(new GroupKey(types, row), 1, Integer::sum) == 1) {
                        frame.run().hold();
                    }
                }
            } finally {
                right.close();
            }
        }
        left.open();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        return node.kind() == SetKind.UNION ? nextOfUnion() : nextOfLeft();
    }

    private @Nullable Object @Nullable [] nextOfUnion() {
        while (true) {
            @Nullable Object[] row = leftDone ? right.next() : left.next();
            if (row == null && leftDone) {
                return null;
            }
            if (row == null) {
                leftDone = true;
                left.close();
                right.open();
                continue;
            }
            frame.run().step();
            if (node.all()) {
                return row;
            }
            if (counts.put(new GroupKey(types, row), 1) == null) {
                frame.run().hold();
                return row;
            }
        }
    }

    private @Nullable Object @Nullable [] nextOfLeft() {
        while (true) {
            @Nullable Object[] row = left.next();
            if (row == null) {
                return null;
            }
            frame.run().step();
            if (isWanted(new GroupKey(types, row))) {
                return row;
            }
        }
    }

    private boolean isWanted(GroupKey key) {
        Integer found = counts.get(key);
        int count = found == null ? 0 : found;
        boolean intersect =
                switch (node.kind()) {
                    case INTERSECT -> true;
                    case EXCEPT -> false;
                    case UNION -> throw Check.unreachable("UNION takes both sides");
                };
        if (!node.all()) {
            if (count < 0 || intersect != count > 0) {
                return false;
            }
            if (found == null) {
                frame.run().hold();
            }
            counts.put(key, -1);
            return true;
        }
        if (count > 0) {
            counts.put(key, count - 1);
            return intersect;
        }
        return !intersect;
    }

    @Override
    public void close() {
        if (!leftDone) {
            left.close();
        } else {
            right.close();
        }
        frame.run().release(counts.size());
        counts.clear();
    }
}
