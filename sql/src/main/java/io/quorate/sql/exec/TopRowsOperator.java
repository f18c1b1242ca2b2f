package io.quorate.sql.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Keeps the first `offset + limit` rows of the order and gives what follows the offset.
final class TopRowsOperator implements Operator {
    /// A row with its number, which decides between equal ones.
    private record Numbered(@Nullable Object[] row, long number) {}

    private final Operator input;
    private final PlanNode.TopRows node;
    private final Comparator<Numbered> order;
    private final Frame frame;
    private List<Numbered> result = List.of();
    private int position;
    private long held;

    TopRowsOperator(Operator input, PlanNode.TopRows node, Frame frame) {
        this.input = input;
        this.node = node;
        RowOrder rowOrder = new RowOrder(node.keys());
        this.order =
                (left, right) -> {
                    int byKeys = rowOrder.compare(left.row(), right.row());
                    return byKeys != 0 ? byKeys : Long.compare(left.number(), right.number());
                };
        this.frame = frame;
    }

    @Override
    public void open() {
        long offset = RowOperators.offset(node.offset(), frame);
        long limit = RowOperators.limit(node.limit(), frame);
        long wanted = limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
        PriorityQueue<Numbered> kept = new PriorityQueue<>(order.reversed());
        long number = 0;
        input.open();
        try {
            while (wanted > 0) {
                @Nullable Object[] row = input.next();
                if (row == null) {
                    break;
                }
                frame.run().step();
                kept.add(new Numbered(row, number++));
                if (kept.size() > wanted) {
                    kept.remove();
                } else {
                    frame.run().hold();
                    held++;
                }
            }
        } finally {
            input.close();
        }
        result = new ArrayList<>(kept);
        result.sort(order);
        position = (int) Math.min(offset, result.size());
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        return position == result.size() ? null : result.get(position++).row();
    }

    @Override
    public void close() {
        frame.run().release(held);
        held = 0;
        result = List.of();
        position = 0;
    }
}
