package io.quorate.sql.exec;

import org.jspecify.annotations.Nullable;

/// Inserts the rows of its input. They are all read first where reading could meet what was written:
/// the transaction's reads see its writes.
final class InsertOperator extends ChangeOperator {
    private final Operator input;
    private final PlanNode.Insert node;

    InsertOperator(Operator input, PlanNode.Insert node, Frame frame) {
        super(frame, node.returning());
        this.input = input;
        this.node = node;
    }

    @Override
    void change() {
        RowWriter writer = new RowWriter(node.table(), frame());
        if (node.input() instanceof PlanNode.Values) {
            input.open();
            try {
                for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
                    insert(writer, row);
                }
            } finally {
                input.close();
            }
            return;
        }
        HeldRows rows = HeldRows.of(input, frame().run());
        for (@Nullable Object[] row : rows.rows()) {
            insert(writer, row);
        }
        rows.release();
    }

    private void insert(RowWriter writer, @Nullable Object[] row) {
        frame().run().step();
        writer.check(row);
        writer.insert(writer.newKey(row), row);
        changed(row);
    }
}
