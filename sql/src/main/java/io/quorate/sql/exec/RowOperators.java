package io.quorate.sql.exec;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operators that handle each row by itself.
final class RowOperators {
    private RowOperators() {}

    static final class ValuesOperator implements Operator {
        private final PlanNode.Values node;
        private final Frame frame;
        private int position;

        ValuesOperator(PlanNode.Values node, Frame frame) {
            this.node = node;
            this.frame = frame;
        }

        @Override
        public void open() {
            position = 0;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (position == node.tuples().size()) {
                return null;
            }
            List<Computed> tuple = node.tuples().get(position++);
            @Nullable Object[] row = new Object[tuple.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = tuple.get(i).evaluate(frame, Evaluator.NO_ROW);
            }
            frame.run().step();
            return row;
        }

        @Override
        public void close() {}
    }

    static final class ProjectOperator implements Operator {
        private final Operator input;
        private final Evaluator[] expressions;
        private final Frame frame;

        ProjectOperator(Operator input, PlanNode.Project node, Frame frame) {
            this.input = input;
            this.expressions = Computed.evaluators(node.expressions());
            this.frame = frame;
        }

        @Override
        public void open() {
            input.open();
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            @Nullable Object[] row = input.next();
            return row == null ? null : Evaluator.all(expressions, frame, row);
        }

        @Override
        public void close() {
            input.close();
        }
    }

    static final class FilterOperator implements Operator {
        private final Operator input;
        private final Evaluator condition;
        private final Frame frame;

        FilterOperator(Operator input, PlanNode.Filter node, Frame frame) {
            this.input = input;
            this.condition = node.condition().evaluator();
            this.frame = frame;
        }

        @Override
        public void open() {
            input.open();
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (true) {
                @Nullable Object[] row = input.next();
                if (row == null || condition.holds(frame, row)) {
                    return row;
                }
                frame.run().step();
            }
        }

        @Override
        public void close() {
            input.close();
        }
    }

    static final class LimitOperator implements Operator {
        private final Operator input;
        private final PlanNode.Limit node;
        private final Frame frame;
        private long toSkip;
        private long toGive;

        LimitOperator(Operator input, PlanNode.Limit node, Frame frame) {
            this.input = input;
            this.node = node;
            this.frame = frame;
        }

        @Override
        public void open() {
            toSkip = offset(node.offset(), frame);
            toGive = limit(node.limit(), frame);
            input.open();
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (toGive == 0) {
                return null;
            }
            for (; toSkip > 0; toSkip--) {
                if (input.next() == null) {
                    toGive = 0;
                    return null;
                }
                frame.run().step();
            }
            toGive--;
            return input.next();
        }

        @Override
        public void close() {
            input.close();
        }
    }

    /// The rows to give; NULL is no limit.
    static long limit(@Nullable Computed limit, Frame frame) {
        Object value = limit == null ? null : limit.evaluate(frame, Evaluator.NO_ROW);
        if (value == null) {
            return Long.MAX_VALUE;
        }
        if ((Long) value < 0) {
            throw new QuorateException(
                    ErrorCode.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE, "LIMIT must not be negative");
        }
        return (Long) value;
    }

    static long offset(@Nullable Computed offset, Frame frame) {
        Object value = offset == null ? null : offset.evaluate(frame, Evaluator.NO_ROW);
        if (value == null) {
            return 0;
        }
        if ((Long) value < 0) {
            throw new QuorateException(
                    ErrorCode.INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE,
                    "OFFSET must not be negative");
        }
        return (Long) value;
    }

    static final class DistinctOperator implements Operator {
        private final Operator input;
        private final int[] slots;
        private final SqlType[] types;
        private final Frame frame;
        private final Set<GroupKey> seen = new HashSet<>();

        DistinctOperator(Operator input, PlanNode.Distinct node, Frame frame) {
            this.input = input;
            this.slots = node.slots().stream().mapToInt(Integer::intValue).toArray();
            this.types = GroupKey.types(node.types());
            this.frame = frame;
        }

        @Override
        public void open() {
            input.open();
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (true) {
                @Nullable Object[] row = input.next();
                if (row == null) {
                    return null;
                }
                frame.run().step();
                @Nullable Object[] values = new Object[slots.length];
                for (int i = 0; i < slots.length; i++) {
                    values[i] = row[slots[i]];
                }
                if (seen.add(new GroupKey(types, values))) {
                    frame.run().hold();
                    return row;
                }
            }
        }

        @Override
        public void close() {
            input.close();
            frame.run().release(seen.size());
            seen.clear();
        }
    }
}
