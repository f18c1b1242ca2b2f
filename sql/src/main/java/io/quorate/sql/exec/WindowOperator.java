package io.quorate.sql.exec;

import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Window functions: sorts the rows by partition and order, all in memory, and computes one partition
/// after the other.
///
/// While sorted, a row is followed by the values of its partition keys and order keys; when it leaves,
/// by the values of the calls.
final class WindowOperator implements Operator {
    private final Operator input;
    private final PlanNode.Window node;
    private final Frame frame;
    private final Evaluator[] keys;
    private final List<SortKey> orderKeys;
    private final RowOrder partitionOrder;
    private final RowOrder wholeOrder;
    private @Nullable HeldRows rows;
    private List<WindowBounds.Offsets> offsets = List.of();
    private int nextPartition;
    private int position;
    private List<@Nullable Object[]> results = List.of();

    WindowOperator(Operator input, PlanNode.Window node, Frame frame) {
        this.input = input;
        this.node = node;
        this.frame = frame;
        List<Computed> all = new ArrayList<>(node.partition());
        all.addAll(node.orderKeys());
        this.keys = Computed.evaluators(all);
        List<SortKey> sortKeys = sortKeys(node);
        int partitionKeys = node.partition().size();
        this.orderKeys = sortKeys.subList(partitionKeys, sortKeys.size());
        this.partitionOrder = new RowOrder(sortKeys.subList(0, partitionKeys));
        this.wholeOrder = new RowOrder(sortKeys);
    }

    private static List<SortKey> sortKeys(PlanNode.Window node) {
        List<SortKey> sortKeys = new ArrayList<>();
        for (Computed key : node.partition()) {
            int slot = node.inputWidth() + sortKeys.size();
            sortKeys.add(new SortKey(slot, key.expr().type(), false, false));
        }
        for (AggregateCall.Order order : node.order()) {
            sortKeys.add(
                    new SortKey(
                            node.inputWidth() + sortKeys.size(),
                            order.key().type(),
                            order.descending(),
                            order.nullsFirst()));
        }
        return sortKeys;
    }

    @Override
    public void open() {
        offsets = node.calls().stream().map(call -> WindowBounds.Offsets.of(call, frame)).toList();
        HeldRows held = new HeldRows(frame.run());
        rows = held;
        input.open();
        try {
            for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
                held.add(Operators.joined(row, Evaluator.all(keys, frame, row)));
            }
        } finally {
            input.close();
        }
        if (keys.length > 0) {
            held.rows().sort(wholeOrder);
        }
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        HeldRows held = rows;
        if (held == null) {
            return null;
        }
        if (position == results.size()) {
            if (nextPartition == held.size()) {
                return null;
            }
            computePartition(held);
        }
        return results.get(position++);
    }

    private void computePartition(HeldRows held) {
        int start = nextPartition;
        int end = start + 1;
        while (end < held.size()
                && partitionOrder.compare(held.rows().get(start), held.rows().get(end)) == 0) {
            end++;
        }
        nextPartition = end;
        WindowPartition partition =
                new WindowPartition(
                        held.rows().subList(start, end), new RowOrder(orderKeys), frame);
        results = new ArrayList<>(partition.size());
        for (int i = 0; i < partition.size(); i++) {
            results.add(Arrays.copyOf(partition.row(i), node.inputWidth() + node.calls().size()));
        }
        for (int call = 0; call < node.calls().size(); call++) {
            compute(call, partition);
        }
        position = 0;
    }

    private void compute(int call, WindowPartition partition) {
        PlanNode.FramedCall framed = node.calls().get(call);
        SortKey onlyKey = orderKeys.size() == 1 ? orderKeys.getFirst() : null;
        WindowValues values =
                WindowValues.of(
                        framed,
                        partition,
                        () ->
                                new WindowBounds(
                                        framed.call().frame(),
                                        offsets.get(call),
                                        onlyKey,
                                        partition,
                                        frame),
                        frame);
        for (int i = 0; i < partition.size(); i++) {
            frame.run().step();
            results.get(i)[node.inputWidth() + call] = values.at(i);
        }
    }

    @Override
    public void close() {
        HeldRows held = rows;
        rows = null;
        results = List.of();
        if (held != null) {
            held.release();
        }
    }
}
