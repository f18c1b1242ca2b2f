package io.quorate.sql.exec;

import io.quorate.sql.algebra.Expr;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions that return sets, in FROM and in select lists.
final class SetOperators {
    private SetOperators() {}

    static boolean returnsSet(Computed computed) {
        return computed.expr() instanceof Expr.Call call && call.callee().returnsSet();
    }

    /// The rows of a call: of the set it returns, or the one value.
    private static Iterator<?> rowsOf(Computed call, Frame frame, @Nullable Object[] row) {
        Object value = call.evaluate(frame, row);
        if (!returnsSet(call)) {
            return Collections.singletonList(value).iterator();
        }
        return value == null ? Collections.emptyIterator() : (Iterator<?>) value;
    }

    static final class FunctionScanOperator implements Operator {
        private final PlanNode.FunctionScan node;
        private final Frame frame;
        private List<? extends Iterator<?>> sets = List.of();
        private long number;

        FunctionScanOperator(PlanNode.FunctionScan node, Frame frame) {
            this.node = node;
            this.frame = frame;
        }

        @Override
        public void open() {
            sets =
                    node.calls().stream()
                            .map(call -> rowsOf(call, frame, Evaluator.NO_ROW))
                            .toList();
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (sets.stream().noneMatch(Iterator::hasNext)) {
                return null;
            }
            frame.run().step();
            int width = sets.size() + (node.ordinality() ? 1 : 0);
            @Nullable Object[] row = new Object[width];
            for (int i = 0; i < sets.size(); i++) {
                Iterator<?> set = sets.get(i);
                row[i] = set.hasNext() ? set.next() : null;
            }
            number++;
            if (node.ordinality()) {
                row[width - 1] = number;
            }
            return row;
        }

        @Override
        public void close() {
            sets = List.of();
        }
    }

    static final class ProjectSetOperator implements Operator {
        private final Operator input;
        private final PlanNode.ProjectSet node;
        private final Frame frame;
        private @Nullable Object[] plainValues = new Object[0];
        private final @Nullable Iterator<?>[] sets;

        ProjectSetOperator(Operator input, PlanNode.ProjectSet node, Frame frame) {
            this.input = input;
            this.node = node;
            this.frame = frame;
            this.sets = new Iterator<?>[node.expressions().size()];
        }

        @Override
        public void open() {
            input.open();
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (!anyLeft()) {
                @Nullable Object[] row = input.next();
                if (row == null) {
                    return null;
                }
                start(row);
            }
            frame.run().step();
            @Nullable Object[] row = plainValues.clone();
            for (int i = 0; i < sets.length; i++) {
                Iterator<?> set = sets[i];
                if (set != null) {
                    row[i] = set.hasNext() ? set.next() : null;
                }
            }
            return row;
        }

        private boolean anyLeft() {
            return Arrays.stream(sets).anyMatch(set -> set != null && set.hasNext());
        }

        private void start(@Nullable Object[] row) {
            plainValues = new Object[sets.length];
            for (int i = 0; i < sets.length; i++) {
                Computed expression = node.expressions().get(i);
                if (returnsSet(expression)) {
                    sets[i] = rowsOf(expression, frame, row);
                } else {
                    plainValues[i] = expression.evaluate(frame, row);
                }
            }
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
