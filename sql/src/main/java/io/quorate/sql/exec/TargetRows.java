package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.txn.api.Transaction.LockedRow;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows that an UPDATE or DELETE is about: all read before the first is written, each once,
/// locked.
final class TargetRows {
    private final int keySlot;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    TargetRows(int keySlot) {
        this.keySlot = keySlot;
    }

    /// The rows of a plan: read and locked, or where the plan names one key, locked and read in one
    /// step.
    static TargetRows of(PlanNode plan, Operator input, int keySlot, Frame frame) {
        ByteSlice only = onlyKey(plan, frame);
        return only == null
                ? read(input, keySlot, frame)
                : lockFirst((PlanNode.IndexScan) plan, only, keySlot, frame);
    }

    /// The key of the only row that can be meant; null where that takes a look at the table.
    private static @Nullable ByteSlice onlyKey(PlanNode plan, Frame frame) {
        if (plan instanceof PlanNode.IndexScan scan
                && scan.access().index().primary()
                && scan.access().isPoint()
                && scan.filter() == null) {
            List<ByteSlice> keys =
                    KeyRanges.points(scan.table(), scan.access(), frame, Evaluator.NO_ROW);
            return keys.size() == 1 ? keys.getFirst() : null;
        }
        return null;
    }

    private static TargetRows lockFirst(
            PlanNode.IndexScan scan, ByteSlice key, int keySlot, Frame frame) {
        TargetRows targets = new TargetRows(keySlot);
        ByteSlice value = frame.context().transaction().lockNewest(key);
        if (value != null) {
            targets.rows.add(
                    TableScanOperator.decode(
                            scan.table(), scan.withKey(), new KeyValue(key, value)));
        }
        return targets;
    }

    /// Reads and locks. Rows that are gone by the time they are locked are left out.
    static TargetRows read(Operator input, int keySlot, Frame frame) {
        HeldRows found = HeldRows.of(input, frame.run());
        TargetRows targets = new TargetRows(keySlot);
        Set<ByteSlice> seen = new HashSet<>();
        List<@Nullable Object[]> batch = new ArrayList<>();
        for (@Nullable Object[] row : found.rows()) {
            if (seen.add(targets.keyOf(row))) {
                batch.add(row);
            }
            if (batch.size() == ChangeOperator.LOCK_BATCH_KEYS) {
                targets.lock(batch, frame);
                batch.clear();
            }
        }
        targets.lock(batch, frame);
        return targets;
    }

    private void lock(List<@Nullable Object[]> batch, Frame frame) {
        if (batch.isEmpty()) {
            return;
        }
        frame.run().checkCancelled();
        List<ByteSlice> keys = new ArrayList<>(batch.size());
        for (@Nullable Object[] row : batch) {
            keys.add(keyOf(row));
        }
        List<LockedRow> locked = frame.context().transaction().lock(keys, WaitPolicy.WAIT);
        for (int i = 0; i < batch.size(); i++) {
            if (locked.get(i).value() != null) {
                rows.add(batch.get(i));
            }
        }
    }

    List<@Nullable Object[]> rows() {
        return rows;
    }

    ByteSlice keyOf(@Nullable Object[] row) {
        return (ByteSlice) Check.present(row[keySlot], "a row to change has a key");
    }
}
