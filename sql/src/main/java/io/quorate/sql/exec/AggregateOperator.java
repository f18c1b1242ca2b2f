package io.quorate.sql.exec;

import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.AggregateCall.Order;
import io.quorate.sql.algebra.SortKey;
import io.quorate.sql.function.Accumulator;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Groups rows in a hash table; groups come out in the order in which they were first met.
final class AggregateOperator implements Operator {
    private final Operator input;
    private final PlanNode.Aggregate node;
    private final Evaluator[] groups;
    private final SqlType[] groupTypes;
    private final Frame frame;
    private final Map<GroupKey, GroupState[]> table = new LinkedHashMap<>();
    private Iterator<Map.Entry<GroupKey, GroupState[]>> results =
            List.<Map.Entry<GroupKey, GroupState[]>>of().iterator();

    AggregateOperator(Operator input, PlanNode.Aggregate node, Frame frame) {
        this.input = input;
        this.node = node;
        this.groups = Computed.evaluators(node.groups());
        this.groupTypes =
                node.groups().stream().map(group -> group.expr().type()).toArray(SqlType[]::new);
        this.frame = frame;
    }

    @Override
    public void open() {
        if (groups.length == 0) {
            table.put(new GroupKey(groupTypes, new Object[0]), newStates());
        }
        input.open();
        try {
            for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
                frame.run().step();
                GroupKey key = new GroupKey(groupTypes, Evaluator.all(groups, frame, row));
                GroupState[] states = table.get(key);
                if (states == null) {
                    frame.run().hold();
                    states = newStates();
                    table.put(key, states);
                }
                for (GroupState state : states) {
                    state.add(row);
                }
            }
        } finally {
            input.close();
        }
        results = table.entrySet().iterator();
    }

    private GroupState[] newStates() {
        return node.calls().stream()
                .map(call -> new GroupState(call, frame))
                .toArray(GroupState[]::new);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (!results.hasNext()) {
            return null;
        }
        Map.Entry<GroupKey, GroupState[]> group = results.next();
        @Nullable Object[] values = group.getKey().values();
        @Nullable Object[] row = Arrays.copyOf(values, values.length + group.getValue().length);
        for (int i = 0; i < group.getValue().length; i++) {
            row[values.length + i] = group.getValue()[i].result();
        }
        return row;
    }

    @Override
    public void close() {
        frame.run().release(groups.length == 0 ? 0 : table.size());
        table.clear();
    }

    /// One aggregate over one group, with what DISTINCT and ORDER BY must remember.
    private static final class GroupState {
        private final PlanNode.GroupedCall grouped;
        private final Frame frame;
        private final Accumulator accumulator;
        private final @Nullable Set<GroupKey> seen;
        private final @Nullable List<@Nullable Object[]> buffered;

        GroupState(PlanNode.GroupedCall grouped, Frame frame) {
            this.grouped = grouped;
            this.frame = frame;
            AggregateCall call = grouped.call();
            this.accumulator = call.resolved().newAccumulator();
            this.seen = call.distinct() ? new HashSet<>() : null;
            this.buffered = call.order().isEmpty() ? null : new ArrayList<>();
        }

        void add(@Nullable Object[] row) {
            if (!Operators.passes(grouped.filter(), frame, row)) {
                return;
            }
            int count = grouped.arguments().size();
            @Nullable Object[] values = new Object[count];
            for (int i = 0; i < count; i++) {
                values[i] = grouped.arguments().get(i).evaluate(frame, row);
            }
            if (seen != null && !seen.add(new GroupKey(argumentTypes(), values))) {
                return;
            }
            if (seen != null || buffered != null) {
                frame.run().hold();
            }
            if (buffered == null) {
                accumulator.add(values);
                return;
            }
            @Nullable Object[] sortable = Arrays.copyOf(values, count + grouped.orderKeys().size());
            for (int i = count; i < sortable.length; i++) {
                sortable[i] = grouped.orderKeys().get(i - count).evaluate(frame, row);
            }
            buffered.add(sortable);
        }

        private SqlType[] argumentTypes() {
            return grouped.arguments().stream()
                    .map(argument -> argument.expr().type())
                    .toArray(SqlType[]::new);
        }

        @Nullable Object result() {
            if (buffered != null) {
                int count = grouped.arguments().size();
                List<SortKey> keys = new ArrayList<>();
                for (Order order : grouped.call().order()) {
                    keys.add(
                            new SortKey(
                                    count + keys.size(),
                                    order.key().type(),
                                    order.descending(),
                                    order.nullsFirst()));
                }
                buffered.sort(new RowOrder(keys));
                for (@Nullable Object[] row : buffered) {
                    accumulator.add(Arrays.copyOf(row, count));
                }
                buffered.clear();
            }
            return accumulator.result();
        }
    }
}
