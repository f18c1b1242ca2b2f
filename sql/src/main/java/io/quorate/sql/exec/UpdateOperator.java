package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Updates the rows of its input: the table's columns, the key, then what FROM adds.
final class UpdateOperator extends ChangeOperator {
    private record Change(
            ByteSlice oldKey,
            @Nullable Object[] oldRow,
            ByteSlice newKey,
            @Nullable Object[] newRow,
            @Nullable Object[] sourceRow) {}

    private final Operator input;
    private final PlanNode.Update node;

    UpdateOperator(Operator input, PlanNode.Update node, Frame frame) {
        super(frame, node.returning());
        this.input = input;
        this.node = node;
    }

    @Override
    void change() {
        int width = node.table().rows().table().columns().size();
        TargetRows targets = TargetRows.of(node.input(), input, width, frame());
        RowWriter writer = new RowWriter(node.table(), frame());
        List<Change> changes = new ArrayList<>();
        for (@Nullable Object[] source : targets.rows()) {
            frame().run().step();
            changes.add(prepare(writer, source, targets.keyOf(source), width));
        }
        for (Change change : changes) {
            writer.removeOld(change.oldKey(), change.oldRow(), change.newKey(), change.newRow());
        }
        for (Change change : changes) {
            writer.writeNew(change.oldKey(), change.oldRow(), change.newKey(), change.newRow());
            @Nullable Object[] row = change.sourceRow().clone();
            System.arraycopy(change.newRow(), 0, row, 0, width);
            changed(row);
        }
    }

    private Change prepare(RowWriter writer, @Nullable Object[] source, ByteSlice key, int width) {
        @Nullable Object[] oldRow = Arrays.copyOf(source, width);
        @Nullable Object[] newRow = oldRow.clone();
        for (int i = 0; i < node.positions().length; i++) {
            newRow[node.positions()[i]] = node.values().get(i).evaluate(frame(), source);
        }
        writer.check(newRow);
        ByteSlice newKey =
                node.table().rows().table().hasHiddenRowId() ? key : writer.newKey(newRow);
        return new Change(key, oldRow, newKey, newRow, source);
    }
}
