package io.quorate.sql.exec;

import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.sql.row.Keys;
import io.quorate.sql.row.TableRows;
import io.quorate.txn.api.Transaction.RowCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a whole table in the order of its keys.
final class TableScanOperator implements Operator {
    private final PlanNode.TableScan node;
    private final Frame frame;
    private @Nullable RowCursor cursor;

    TableScanOperator(PlanNode.TableScan node, Frame frame) {
        this.node = node;
        this.frame = frame;
    }

    @Override
    public void open() {
        TableRows table = node.table();
        cursor =
                frame.context()
                        .transaction()
                        .scan(Keys.ofIndex(table.table(), table.table().primary()), false, 0);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        RowCursor open = cursor;
        if (open == null) {
            return null;
        }
        for (KeyValue found = open.next(); found != null; found = open.next()) {
            frame.run().step();
            @Nullable Object[] row = decode(node.table(), node.withKey(), found);
            if (Operators.passes(node.filter(), frame, row)) {
                return row;
            }
        }
        return null;
    }

    /// The row of a table, followed by its key if asked for.
    static @Nullable Object[] decode(TableRows table, boolean withKey, KeyValue found) {
        @Nullable Object[] row = table.decode(found.key(), found.value());
        if (!withKey) {
            return row;
        }
        @Nullable Object[] wider = Arrays.copyOf(row, row.length + 1);
        wider[row.length] = found.key();
        return wider;
    }

    @Override
    public void close() {
        RowCursor open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }
}
