package io.quorate.sql.ddl;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.ErrorObject;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.row.Keys;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.TypeText;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes the entries of a new index, or the rows of a table under a new primary index, while nobody
/// else writes to the table. The entries lie under an index number that no schema knows yet, so they
/// can be committed piece by piece: a failure leaves keys that nobody will ever read.
final class Backfill {
    private static final int ROWS_PER_COMMIT = 500;

    private final SchemaManager manager;
    private final Transaction reader;

    /// `reader` sees the rows, those of its own writing included.
    Backfill(SchemaManager manager, Transaction reader) {
        this.manager = manager;
        this.reader = reader;
    }

    /// Enters every row of `table` into `index`.
    void index(TableDescriptor table, IndexDescriptor index) {
        TableRows rows = new TableRows(table);
        copy(table, (transaction, key, row) -> insertEntry(transaction, rows, index, row, key));
    }

    /// Writes every row of `before`, and its index entries, as `after` has them.
    void rewrite(TableDescriptor before, TableDescriptor after) {
        TableRows rows = new TableRows(after);
        copy(
                before,
                (transaction, _, row) -> {
                    checkNotNull(after, row);
                    ByteSlice key = rows.rowKey(row);
                    transaction.insert(
                            key, rows.rowValue(row), duplicate(after, after.primary(), row));
                    for (IndexDescriptor index : after.secondary()) {
                        insertEntry(transaction, rows, index, row, key);
                    }
                });
    }

    private interface RowWriter {
        void write(Transaction transaction, ByteSlice key, @Nullable Object[] row);
    }

    private void copy(TableDescriptor table, RowWriter writer) {
        TableRows rows = new TableRows(table);
        KeyRange range = Keys.ofIndex(table, table.primary());
        List<KeyValue> piece = new ArrayList<>();
        try (Transaction.RowCursor cursor = reader.scan(range, false, ROWS_PER_COMMIT)) {
            for (KeyValue row = cursor.next(); row != null; row = cursor.next()) {
                piece.add(row);
                if (piece.size() == ROWS_PER_COMMIT) {
                    commit(piece, rows, writer);
                    piece.clear();
                }
            }
        }
        commit(piece, rows, writer);
    }

    private void commit(List<KeyValue> piece, TableRows rows, RowWriter writer) {
        if (piece.isEmpty()) {
            return;
        }
        Transaction transaction = manager.beginPiece();
        try {
            for (KeyValue entry : piece) {
                writer.write(transaction, entry.key(), rows.decode(entry.key(), entry.value()));
            }
            transaction.commit(Timestamp.MAX);
        } catch (QuorateException failed) {
            transaction.rollback();
            throw failed;
        }
    }

    private static void insertEntry(
            Transaction transaction,
            TableRows rows,
            IndexDescriptor index,
            @Nullable Object[] row,
            ByteSlice rowKey) {
        TableRows.IndexEntry entry = rows.entry(index, row, rowKey);
        if (entry.mustBeUnique()) {
            transaction.insert(entry.key(), entry.value(), duplicate(rows.table(), index, row));
        } else {
            transaction.put(entry.key(), entry.value());
        }
    }

    private static void checkNotNull(TableDescriptor table, @Nullable Object[] row) {
        for (int position : table.positionsOf(table.primary())) {
            if (row[position] == null) {
                String column = table.columns().get(position).name();
                throw new QuorateException(
                                ErrorCode.NOT_NULL_VIOLATION,
                                "column \""
                                        + column
                                        + "\" of relation \""
                                        + table.name()
                                        + "\" contains null values")
                        .withObject(ErrorObject.ofColumn(table.schema(), table.name(), column));
            }
        }
    }

    private static Supplier<QuorateException> duplicate(
            TableDescriptor table, IndexDescriptor index, @Nullable Object[] row) {
        return () -> {
            StringBuilder names = new StringBuilder();
            StringBuilder values = new StringBuilder();
            for (int position : table.positionsOf(index)) {
                Object value = row[position];
                names.append(names.isEmpty() ? "" : ", ")
                        .append(table.columns().get(position).name());
                values.append(values.isEmpty() ? "" : ", ")
                        .append(
                                value == null
                                        ? "null"
                                        : TypeText.encode(
                                                table.columns().get(position).type(),
                                                value,
                                                SessionFormat.DEFAULT));
            }
            return new QuorateException(
                            ErrorCode.UNIQUE_VIOLATION,
                            "could not create unique index \"" + index.name() + "\"")
                    .withDetail("Key (" + names + ")=(" + values + ") is duplicated.")
                    .withObject(
                            ErrorObject.ofConstraint(table.schema(), table.name(), index.name()));
        };
    }
}
