package io.quorate.sql.exec;

import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Reads a system view.
final class ViewScanOperator implements Operator {
    private final PlanNode.ViewScan node;
    private final Frame frame;
    private Iterator<@Nullable Object[]> rows = Collections.emptyIterator();

    ViewScanOperator(PlanNode.ViewScan node, Frame frame) {
        this.node = node;
        this.frame = frame;
    }

    @Override
    public void open() {
        rows = node.view().rows().apply(frame.context().system()).iterator();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        while (rows.hasNext()) {
            frame.run().step();
            @Nullable Object[] row = rows.next();
            if (Operators.passes(node.filter(), frame, row)) {
                return row;
            }
        }
        return null;
    }

    @Override
    public void close() {
        rows = Collections.emptyIterator();
    }
}
