package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.ErrorObject;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.row.TableRows.IndexEntry;
import io.quorate.sql.type.TypeText;
import io.quorate.txn.api.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows with their index entries, and judges them first by the table's constraints.
final class RowWriter {
    private static final int SHOWN_VALUE_MAX = 64;

    private final TableRows rows;
    private final TableDescriptor table;
    private final List<PlanNode.NamedCheck> checks;
    private final PlanNode.ChangedTable changed;
    private final KeyDuties duties;
    private final Frame frame;
    private final Transaction transaction;

    RowWriter(PlanNode.ChangedTable changed, Frame frame) {
        this.rows = changed.rows();
        this.table = rows.table();
        this.checks = changed.checks();
        this.changed = changed;
        this.duties = frame.run().keyDuties();
        this.frame = frame;
        this.transaction = frame.context().transaction();
    }

    /// Refuses a new row that breaks NOT NULL (23502) or a CHECK (23514).
    void check(@Nullable Object[] row) {
        for (int i = 0; i < row.length; i++) {
            ColumnDescriptor column = table.columns().get(i);
            if (row[i] == null && column.notNull()) {
                throw new QuorateException(
                                ErrorCode.NOT_NULL_VIOLATION,
                                "null value in column \""
                                        + column.name()
                                        + "\" of relation \""
                                        + table.name()
                                        + "\" violates not-null constraint")
                        .withDetail(failingRow(row))
                        .withObject(
                                ErrorObject.ofColumn(table.schema(), table.name(), column.name()));
            }
        }
        for (PlanNode.NamedCheck check : checks) {
            if (Boolean.FALSE.equals(check.condition().evaluate(frame, row))) {
                throw new QuorateException(
                                ErrorCode.CHECK_VIOLATION,
                                "new row for relation \""
                                        + table.name()
                                        + "\" violates check constraint \""
                                        + check.name()
                                        + "\"")
                        .withDetail(failingRow(row))
                        .withObject(
                                ErrorObject.ofConstraint(
                                        table.schema(), table.name(), check.name()));
            }
        }
    }

    /// The key that a new row will have.
    ByteSlice newKey(@Nullable Object[] row) {
        return table.hasHiddenRowId()
                ? rows.newHiddenKey(
                        transaction.start(), frame.context().hiddenRowNumbers().getAsInt())
                : rows.rowKey(row);
    }

    void insert(ByteSlice key, @Nullable Object[] row) {
        insert(key, row, List.of());
    }

    /// Inserts a row whose keys in the indexes of `absent` are locked and known not to exist.
    void insert(ByteSlice key, @Nullable Object[] row, List<IndexDescriptor> absent) {
        if (table.hasHiddenRowId() || absent.contains(table.primary())) {
            transaction.put(key, rows.rowValue(row));
        } else {
            transaction.insert(key, rows.rowValue(row), () -> duplicate(table.primary(), row));
        }
        for (IndexDescriptor index : table.secondary()) {
            IndexEntry entry = rows.entry(index, row, key);
            if (absent.contains(index)) {
                transaction.put(entry.key(), entry.value());
            } else {
                writeEntry(index, entry, row);
            }
        }
        duties.inserted(changed, key, row);
    }

    void delete(ByteSlice key, @Nullable Object[] row) {
        for (IndexDescriptor index : table.secondary()) {
            transaction.delete(rows.entry(index, row, key).key());
        }
        transaction.delete(key);
        duties.deleted(changed, row);
    }

    /// The first half of an update: takes away the keys that the new row does not have.
    void removeOld(
            ByteSlice oldKey,
            @Nullable Object[] oldRow,
            ByteSlice newKey,
            @Nullable Object[] newRow) {
        for (IndexDescriptor index : table.secondary()) {
            ByteSlice oldEntry = rows.entry(index, oldRow, oldKey).key();
            if (!oldEntry.equals(rows.entry(index, newRow, newKey).key())) {
                transaction.delete(oldEntry);
            }
        }
        if (!oldKey.equals(newKey)) {
            transaction.delete(oldKey);
        }
    }

    /// The second half: writes the keys of the new row. All first halves of a statement come before its
    /// second halves, so that rows may exchange their keys.
    void writeNew(
            ByteSlice oldKey,
            @Nullable Object[] oldRow,
            ByteSlice newKey,
            @Nullable Object[] newRow) {
        boolean sameKey = oldKey.equals(newKey);
        if (sameKey) {
            transaction.put(newKey, rows.rowValue(newRow));
        } else {
            transaction.insert(
                    newKey, rows.rowValue(newRow), () -> duplicate(table.primary(), newRow));
        }
        for (IndexDescriptor index : table.secondary()) {
            IndexEntry oldEntry = rows.entry(index, oldRow, oldKey);
            IndexEntry newEntry = rows.entry(index, newRow, newKey);
            if (!oldEntry.key().equals(newEntry.key())) {
                writeEntry(index, newEntry, newRow);
            } else if (!sameKey) {
                transaction.put(newEntry.key(), newEntry.value());
            }
        }
        duties.updated(changed, newKey, oldRow, newRow);
    }

    private void writeEntry(IndexDescriptor index, IndexEntry entry, @Nullable Object[] row) {
        if (entry.mustBeUnique()) {
            transaction.insert(entry.key(), entry.value(), () -> duplicate(index, row));
        } else {
            transaction.put(entry.key(), entry.value());
        }
    }

    private QuorateException duplicate(IndexDescriptor index, @Nullable Object[] row) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int position : table.positionsOf(index)) {
            names.add(table.columns().get(position).name());
            values.add(shown(position, row));
        }
        return new QuorateException(
                        ErrorCode.UNIQUE_VIOLATION,
                        "duplicate key value violates unique constraint \"" + index.name() + "\"")
                .withDetail(
                        "Key ("
                                + String.join(", ", names)
                                + ")=("
                                + String.join(", ", values)
                                + ") already exists.")
                .withObject(ErrorObject.ofConstraint(table.schema(), table.name(), index.name()));
    }

    private String failingRow(@Nullable Object[] row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            String text = shown(i, row);
            values.add(
                    text.length() > SHOWN_VALUE_MAX
                            ? text.substring(0, SHOWN_VALUE_MAX) + "..."
                            : text);
        }
        return "Failing row contains (" + String.join(", ", values) + ").";
    }

    private String shown(int position, @Nullable Object[] row) {
        Object value = row[position];
        return value == null
                ? "null"
                : TypeText.encode(
                        table.columns().get(position).type(),
                        value,
                        frame.context().call().format());
    }
}
