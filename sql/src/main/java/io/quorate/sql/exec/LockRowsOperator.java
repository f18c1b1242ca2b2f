package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.sql.algebra.Rel.LockTarget;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.Transaction.LockedRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Locks the rows that pass, for FOR UPDATE. A row that is newer than the snapshot never passes: the
/// transaction has the statement run again.
final class LockRowsOperator implements Operator {
    private final Operator input;
    private final PlanNode.LockRows node;
    private final Frame frame;

    LockRowsOperator(Operator input, PlanNode.LockRows node, Frame frame) {
        this.input = input;
        this.node = node;
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
            if (row == null || lock(row)) {
                return row;
            }
        }
    }

    /// False where a row is to be left out.
    private boolean lock(@Nullable Object[] row) {
        Transaction transaction = frame.context().transaction();
        for (LockTarget target : node.targets()) {
            ByteSlice key = (ByteSlice) row[target.keySlot()];
            if (key != null) {
                LockedRow locked = transaction.lock(List.of(key), target.waitPolicy()).getFirst();
                if (locked.skipped() || locked.value() == null) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        input.close();
    }
}
