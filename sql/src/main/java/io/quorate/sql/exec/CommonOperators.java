package io.quorate.sql.exec;

import io.quorate.common.check.Check;
import io.quorate.sql.type.SqlType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Common tables: computed when first read, then read from memory.
final class CommonOperators {
    private CommonOperators() {}

    /// The name of a common table in a [Frame].
    private record CommonKey(int id) {}

    /// A common table of one invocation.
    private static final class CommonTable {
        private final PlanNode plan;
        private final Frame frame;
        private @Nullable HeldRows rows;

        CommonTable(PlanNode plan, Frame frame) {
            this.plan = plan;
            this.frame = frame;
        }

        CommonTable(PlanNode plan, Frame frame, HeldRows rows) {
            this(plan, frame);
            this.rows = rows;
        }

        HeldRows rows() {
            HeldRows held = rows;
            if (held == null) {
                held = HeldRows.of(Operators.create(plan, frame), frame.run());
                rows = held;
            }
            return held;
        }
    }

    static final class WithOperator implements Operator {
        private final PlanNode.With node;
        private final Frame frame;
        private final Operator body;

        WithOperator(PlanNode.With node, Frame frame) {
            this.node = node;
            this.frame = frame;
            this.body = Operators.create(node.body(), frame);
        }

        @Override
        public void open() {
            for (PlanNode.CommonPlan table : node.tables()) {
                frame.put(new CommonKey(table.id()), new CommonTable(table.plan(), frame));
            }
            body.open();
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            return body.next();
        }

        @Override
        public void close() {
            body.close();
            for (PlanNode.CommonPlan table : node.tables()) {
                CommonTable common = (CommonTable) frame.find(new CommonKey(table.id()));
                if (common != null && common.rows != null) {
                    common.rows.release();
                }
                frame.remove(new CommonKey(table.id()));
            }
        }
    }

    static final class ScanOperator implements Operator {
        private final PlanNode.CommonScan node;
        private final Frame frame;
        private @Nullable HeldRows rows;
        private int position;

        ScanOperator(PlanNode.CommonScan node, Frame frame) {
            this.node = node;
            this.frame = frame;
        }

        @Override
        public void open() {
            CommonTable table =
                    (CommonTable)
                            Check.present(
                                    frame.find(new CommonKey(node.id())),
                                    "a common table is read inside its WITH");
            rows = table.rows();
            position = 0;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            HeldRows held = rows;
            return held == null || position == held.size() ? null : held.rows().get(position++);
        }

        @Override
        public void close() {
            rows = null;
        }
    }

    /// Gives the rows of the base, then those of each step over the rows of the step before.
    static final class RecursiveOperator implements Operator {
        private final PlanNode.Recursive node;
        private final Frame frame;
        private final SqlType[] types;
        private final Set<GroupKey> seen = new HashSet<>();
        private @Nullable HeldRows current;
        private int position;

        RecursiveOperator(PlanNode.Recursive node, Frame frame) {
            this.node = node;
            this.frame = frame;
            this.types = GroupKey.types(node.types());
        }

        @Override
        public void open() {
            current = fresh(node.base());
            position = 0;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            HeldRows held = current;
            while (held != null) {
                if (position < held.size()) {
                    return held.rows().get(position++);
                }
                if (held.size() == 0) {
                    return null;
                }
                CommonKey key = new CommonKey(node.id());
                frame.put(key, new CommonTable(node.step(), frame, held));
                HeldRows following = fresh(node.step());
                frame.remove(key);
                held.release();
                held = following;
                current = following;
                position = 0;
            }
            return null;
        }

        /// The rows of a part that were not seen before; all of them with UNION ALL.
        private HeldRows fresh(PlanNode part) {
            HeldRows rows = HeldRows.of(Operators.create(part, frame), frame.run());
            if (node.all()) {
                return rows;
            }
            HeldRows unseen = new HeldRows(frame.run());
            for (@Nullable Object[] row : rows.rows()) {
                if (seen.add(new GroupKey(types, row))) {
                    frame.run().hold();
                    unseen.add(row);
                }
            }
            rows.release();
            return unseen;
        }

        @Override
        public void close() {
            HeldRows held = current;
            current = null;
            if (held != null) {
                held.release();
            }
            frame.run().release(seen.size());
            seen.clear();
        }
    }
}
