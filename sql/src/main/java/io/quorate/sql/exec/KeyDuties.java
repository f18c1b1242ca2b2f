package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.ErrorObject;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ForeignKeyDescriptor.Action;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.type.Coercion;
import io.quorate.sql.type.Datums;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeText;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.Transaction.LockedRow;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a statement owes to foreign keys, gathered while it writes and done at its end, as SQL has it:
/// the actions upon rows that referred to what is gone, in the order of the changes, and then the
/// search for what new rows refer to.
///
/// A row may refer to another only while it holds a lock on the key it refers by. Whoever takes a key
/// away locks it, too, and then looks for rows that refer to it; the lock is refused as that of a
/// newer row where a referring row was committed since the statement's snapshot, so that the statement
/// runs again and sees it. There is one kind of lock: rows that refer to the same key take turns
/// until they commit.
final class KeyDuties {
    private static final int LOCK_BATCH_KEYS = 512;

    /// A row that refers to another.
    private record Referring(
            PlanNode.ChangedTable table,
            TableKeys.Reference reference,
            ByteSlice rowKey,
            @Nullable Object[] row) {}

    /// A row that others may have referred to.
    ///
    /// @param newRow null where it was deleted
    private record Gone(
            PlanNode.ChangedTable table,
            TableKeys.Dependent dependent,
            @Nullable Object[] oldRow,
            @Nullable Object @Nullable [] newRow) {}

    private final Deque<Referring> referring = new ArrayDeque<>();
    private final Deque<Gone> gone = new ArrayDeque<>();

    void inserted(PlanNode.ChangedTable table, ByteSlice rowKey, @Nullable Object[] row) {
        for (TableKeys.Reference reference : table.keys().references()) {
            refer(table, reference, rowKey, row);
        }
    }

    void deleted(PlanNode.ChangedTable table, @Nullable Object[] row) {
        for (TableKeys.Dependent dependent : table.keys().dependents()) {
            if (hasAll(row, dependent.referenced())) {
                gone.add(new Gone(table, dependent, row, null));
            }
        }
    }

    void updated(
            PlanNode.ChangedTable table,
            ByteSlice newKey,
            @Nullable Object[] oldRow,
            @Nullable Object[] newRow) {
        TableDescriptor descriptor = table.rows().table();
        for (TableKeys.Reference reference : table.keys().references()) {
            if (differ(descriptor, oldRow, newRow, reference.positions())) {
                refer(table, reference, newKey, newRow);
            }
        }
        for (TableKeys.Dependent dependent : table.keys().dependents()) {
            if (hasAll(oldRow, dependent.referenced())
                    && differ(descriptor, oldRow, newRow, dependent.referenced())) {
                gone.add(new Gone(table, dependent, oldRow, newRow));
            }
        }
    }

    private void refer(
            PlanNode.ChangedTable table,
            TableKeys.Reference reference,
            ByteSlice rowKey,
            @Nullable Object[] row) {
        int nulls = 0;
        for (int position : reference.positions()) {
            nulls += row[position] == null ? 1 : 0;
        }
        if (nulls == 0) {
            referring.add(new Referring(table, reference, rowKey, row));
        } else if (reference.key().full() && nulls < reference.positions().length) {
            throw violation(table, reference)
                    .withDetail("MATCH FULL does not allow mixing of null and nonnull key values.");
        }
    }

    private static boolean hasAll(@Nullable Object[] row, int[] positions) {
        for (int position : positions) {
            if (row[position] == null) {
                return false;
            }
        }
        return true;
    }

    private static boolean differ(
            TableDescriptor table,
            @Nullable Object[] one,
            @Nullable Object[] other,
            int[] positions) {
        for (int position : positions) {
            Object left = one[position];
            Object right = other[position];
            SqlType type = table.columns().get(position).type();
            boolean same =
                    left == null || right == null
                            ? left == right
                            : Datums.compare(type, left, right) == 0;
            if (!same) {
                return true;
            }
        }
        return false;
    }

    /// Does what is owed, and what that leads to.
    void carryOut(Frame frame) {
        if (referring.isEmpty() && gone.isEmpty()) {
            return;
        }
        // Keys that were inserted are locked as such first, or their locks would pass for these.
        frame.context().transaction().endStatement();
        while (!gone.isEmpty()) {
            frame.run().checkCancelled();
            handle(gone.remove(), frame);
        }
        frame.context().transaction().endStatement();
        lookUp(frame);
    }

    /// Looks up what new rows refer to outside their own table; the rest waits.
    void lookUpInOtherTables(Frame frame) {
        List<Referring> own = new ArrayList<>();
        List<Referring> others = new ArrayList<>();
        for (Referring each : referring) {
            (each.reference().key().referencedTable() == each.table().rows().table().oid()
                            ? own
                            : others)
                    .add(each);
        }
        referring.clear();
        referring.addAll(others);
        frame.context().transaction().endStatement();
        lookUp(frame);
        referring.addAll(own);
    }

    int size() {
        return referring.size() + gone.size();
    }

    private void handle(Gone change, Frame frame) {
        TableKeys.Dependent dependent = change.dependent();
        Action action =
                change.newRow() == null ? dependent.key().onDelete() : dependent.key().onUpdate();
        ByteSlice key = keyOf(change);
        Transaction transaction = frame.context().transaction();
        if (!dependent.index().primary()) {
            transaction.lock(List.of(key), WaitPolicy.WAIT);
        }
        if (action == Action.NO_ACTION && transaction.get(key) != null) {
            // Another row of the same statement has the key now.
            return;
        }
        @Nullable Object[] values = values(change.oldRow(), dependent.referenced());
        Operator rows = Operators.create(dependent.rows(), frame.statement().invoke(values));
        int width = dependent.table().rows().table().columns().size();
        TargetRows targets = TargetRows.read(rows, width, frame);
        switch (action) {
            case NO_ACTION, RESTRICT -> {
                if (!targets.rows().isEmpty()) {
                    throw stillReferenced(change, frame);
                }
            }
            case CASCADE, SET_NULL, SET_DEFAULT -> follow(change, action, targets, frame);
        }
    }

    /// The key of the referenced index that the old row had.
    private static ByteSlice keyOf(Gone change) {
        TableRows rows = change.table().rows();
        TableDescriptor table = rows.table();
        int[] positions = table.positionsOf(change.dependent().index());
        return rows.prefix(change.dependent().index(), values(change.oldRow(), positions));
    }

    private static @Nullable Object[] values(@Nullable Object[] row, int[] positions) {
        @Nullable Object[] values = new Object[positions.length];
        for (int i = 0; i < positions.length; i++) {
            values[i] = row[positions[i]];
        }
        return values;
    }

    private static void follow(Gone change, Action action, TargetRows targets, Frame frame) {
        TableKeys.Dependent dependent = change.dependent();
        RowWriter writer = new RowWriter(dependent.table(), frame);
        int width = dependent.table().rows().table().columns().size();
        for (@Nullable Object[] target : targets.rows()) {
            frame.run().step();
            ByteSlice key = targets.keyOf(target);
            @Nullable Object[] oldRow = java.util.Arrays.copyOf(target, width);
            if (action == Action.CASCADE && change.newRow() == null) {
                writer.delete(key, oldRow);
                continue;
            }
            @Nullable Object[] newRow = oldRow.clone();
            set(change, action, newRow, frame);
            writer.check(newRow);
            ByteSlice newKey =
                    dependent.table().rows().table().hasHiddenRowId() ? key : writer.newKey(newRow);
            writer.removeOld(key, oldRow, newKey, newRow);
            writer.writeNew(key, oldRow, newKey, newRow);
        }
    }

    private static void set(Gone change, Action action, @Nullable Object[] row, Frame frame) {
        TableKeys.Dependent dependent = change.dependent();
        @Nullable Object[] newParent = change.newRow();
        TableDescriptor table = dependent.table().rows().table();
        List<Integer> chosen = dependent.key().onDeleteColumnIds();
        for (int i = 0; i < dependent.positions().length; i++) {
            int position = dependent.positions()[i];
            boolean isSet =
                    newParent != null
                            || chosen.isEmpty()
                            || chosen.contains(table.columns().get(position).id());
            if (!isSet) {
                continue;
            }
            row[position] =
                    switch (action) {
                        case SET_DEFAULT ->
                                dependent.defaults().get(i).evaluate(frame, Evaluator.NO_ROW);
                        case CASCADE ->
                                newParent == null
                                        ? null
                                        : coerced(
                                                dependent.coercions().get(i),
                                                newParent[dependent.referenced()[i]],
                                                frame);
                        case SET_NULL, NO_ACTION, RESTRICT -> null;
                    };
        }
    }

    private static @Nullable Object coerced(
            Coercion coercion, @Nullable Object value, Frame frame) {
        return value == null || coercion.isIdentity()
                ? value
                : coercion.apply(value, frame.context().call().format());
    }

    /// Finds and locks what the new rows refer to, many keys at once.
    private void lookUp(Frame frame) {
        Map<ByteSlice, Referring> wanted = new LinkedHashMap<>();
        while (!referring.isEmpty()) {
            Referring next = referring.remove();
            wanted.putIfAbsent(keyOf(next, frame), next);
            if (wanted.size() == LOCK_BATCH_KEYS) {
                lock(wanted, frame);
                wanted.clear();
            }
        }
        lock(wanted, frame);
    }

    private static ByteSlice keyOf(Referring row, Frame frame) {
        TableKeys.Reference reference = row.reference();
        @Nullable Object[] values = values(row.row(), reference.positions());
        for (int i = 0; i < values.length; i++) {
            values[i] = coerced(reference.coercions().get(i), values[i], frame);
        }
        return reference.referenced().prefix(reference.index(), values);
    }

    private static void lock(Map<ByteSlice, Referring> wanted, Frame frame) {
        if (wanted.isEmpty()) {
            return;
        }
        frame.run().checkCancelled();
        List<ByteSlice> keys = new ArrayList<>(wanted.keySet());
        Transaction transaction = frame.context().transaction();
        List<LockedRow> locked = transaction.lock(keys, WaitPolicy.WAIT);
        for (int i = 0; i < keys.size(); i++) {
            Referring row = wanted.get(keys.get(i));
            if (locked.get(i).value() == null && row != null && isThere(row, transaction)) {
                throw notPresent(row, frame);
            }
        }
    }

    /// Whether the row still refers to it: what came later in the statement may have changed that.
    private static boolean isThere(Referring row, Transaction transaction) {
        TableRows rows = row.table().rows();
        ByteSlice value = transaction.get(row.rowKey());
        return value != null
                && !differ(
                        rows.table(),
                        rows.decode(row.rowKey(), value),
                        row.row(),
                        row.reference().positions());
    }

    private static QuorateException notPresent(Referring row, Frame frame) {
        TableDescriptor table = row.table().rows().table();
        int[] positions =
                row.reference().key().columnIds().stream().mapToInt(table::positionOf).toArray();
        return violation(row.table(), row.reference())
                .withDetail(
                        keyText(table, positions, row.row(), frame)
                                + " is not present in table \""
                                + row.reference().referenced().table().name()
                                + "\".");
    }

    private static QuorateException violation(
            PlanNode.ChangedTable changed, TableKeys.Reference reference) {
        TableDescriptor table = changed.rows().table();
        return new QuorateException(
                        ErrorCode.FOREIGN_KEY_VIOLATION,
                        "insert or update on table \""
                                + table.name()
                                + "\" violates foreign key constraint \""
                                + reference.key().name()
                                + "\"")
                .withObject(
                        ErrorObject.ofConstraint(
                                table.schema(), table.name(), reference.key().name()));
    }

    private static QuorateException stillReferenced(Gone change, Frame frame) {
        TableDescriptor table = change.table().rows().table();
        TableDescriptor referring = change.dependent().table().rows().table();
        String name = change.dependent().key().name();
        return new QuorateException(
                        ErrorCode.FOREIGN_KEY_VIOLATION,
                        "update or delete on table \""
                                + table.name()
                                + "\" violates foreign key constraint \""
                                + name
                                + "\" on table \""
                                + referring.name()
                                + "\"")
                .withDetail(
                        keyText(table, change.dependent().referenced(), change.oldRow(), frame)
                                + " is still referenced from table \""
                                + referring.name()
                                + "\".")
                .withObject(ErrorObject.ofConstraint(referring.schema(), referring.name(), name));
    }

    private static String keyText(
            TableDescriptor table, int[] positions, @Nullable Object[] row, Frame frame) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int position : positions) {
            Object value = row[position];
            names.add(table.columns().get(position).name());
            values.add(
                    value == null
                            ? "null"
                            : TypeText.encode(
                                    table.columns().get(position).type(),
                                    value,
                                    frame.context().call().format()));
        }
        return "Key (" + String.join(", ", names) + ")=(" + String.join(", ", values) + ")";
    }
}
