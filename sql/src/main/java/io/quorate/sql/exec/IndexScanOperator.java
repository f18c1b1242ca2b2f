package io.quorate.sql.exec;

import io.quorate.region.api.RegionReply.KeyValue;
import org.jspecify.annotations.Nullable;

/// Reads the rows an index leads to.
final class IndexScanOperator implements Operator {
    private final PlanNode.IndexScan node;
    private final Frame frame;
    private final IndexReader reader;

    IndexScanOperator(PlanNode.IndexScan node, Frame frame) {
        this.node = node;
        this.frame = frame;
        this.reader = new IndexReader(node.table(), node.access(), frame);
    }

    @Override
    public void open() {
        reader.start(Evaluator.NO_ROW);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        for (KeyValue found = reader.next(); found != null; found = reader.next()) {
            @Nullable Object[] row = TableScanOperator.decode(node.table(), node.withKey(), found);
            if (Operators.passes(node.filter(), frame, row)) {
                return row;
            }
        }
        return null;
    }

    @Override
    public void close() {
        reader.close();
    }
}
