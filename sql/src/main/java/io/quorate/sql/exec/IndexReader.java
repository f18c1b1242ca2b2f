package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.row.TableRows;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.Transaction.RowCursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the rows that an index leads to, for one row of values at a time: single keys together,
/// ranges one after the other, rows behind secondary entries in batches that grow.
final class IndexReader {
    private static final int FIRST_BATCH_ROWS = 16;
    private static final int BATCH_ROWS_MAX = 512;

    private final TableRows rows;
    private final IndexAccess access;
    private final Frame frame;
    private final Transaction transaction;
    private Iterator<KeyValue> batch = List.<KeyValue>of().iterator();
    private Iterator<ByteSlice> points = List.<ByteSlice>of().iterator();
    private Iterator<KeyRange> ranges = List.<KeyRange>of().iterator();
    private @Nullable RowCursor cursor;
    private int batchRows = FIRST_BATCH_ROWS;

    IndexReader(TableRows rows, IndexAccess access, Frame frame) {
        this.rows = rows;
        this.access = access;
        this.frame = frame;
        this.transaction = frame.context().transaction();
    }

    /// Begins to read for a row of values.
    void start(@Nullable Object[] row) {
        close();
        batchRows = FIRST_BATCH_ROWS;
        if (access.isPoint()) {
            points = KeyRanges.points(rows, access, frame, row).iterator();
        } else {
            ranges = KeyRanges.ranges(rows, access, frame, row).iterator();
        }
    }

    /// The next row of the table as key and value; null after the last.
    @Nullable KeyValue next() {
        while (!batch.hasNext()) {
            if (!fill()) {
                return null;
            }
        }
        frame.run().step();
        return batch.next();
    }

    private boolean fill() {
        if (points.hasNext()) {
            fillFromPoints();
            return true;
        }
        if (access.index().primary()) {
            return fillFromRows();
        }
        List<ByteSlice> keys = new ArrayList<>();
        for (KeyValue entry = nextOfRanges();
                entry != null;
                entry = keys.size() < batchRows ? nextOfRanges() : null) {
            keys.add(rows.rowKeyOf(access.index(), entry.key(), entry.value()));
        }
        batchRows = Math.min(2 * batchRows, BATCH_ROWS_MAX);
        batch = fetch(transaction, keys).iterator();
        return !keys.isEmpty();
    }

    private void fillFromPoints() {
        List<ByteSlice> keys = new ArrayList<>();
        while (points.hasNext() && keys.size() < BATCH_ROWS_MAX) {
            keys.add(points.next());
        }
        List<KeyValue> found = fetch(transaction, keys);
        batch =
                access.index().primary()
                        ? found.iterator()
                        : fetch(transaction, rowKeys(rows, access.index(), found)).iterator();
    }

    private boolean fillFromRows() {
        KeyValue row = nextOfRanges();
        batch = row == null ? List.<KeyValue>of().iterator() : List.of(row).iterator();
        return row != null;
    }

    private @Nullable KeyValue nextOfRanges() {
        while (true) {
            RowCursor open = cursor;
            if (open != null) {
                KeyValue found = open.next();
                if (found != null) {
                    return found;
                }
                open.close();
                cursor = null;
            }
            if (!ranges.hasNext()) {
                return null;
            }
            cursor = transaction.scan(ranges.next(), false, 0);
        }
    }

    /// The keys of the rows behind entries.
    static List<ByteSlice> rowKeys(TableRows rows, IndexDescriptor index, List<KeyValue> entries) {
        List<ByteSlice> keys = new ArrayList<>(entries.size());
        for (KeyValue entry : entries) {
            keys.add(rows.rowKeyOf(index, entry.key(), entry.value()));
        }
        return keys;
    }

    /// Those of the keys that have values, in the order given.
    static List<KeyValue> fetch(Transaction transaction, List<ByteSlice> keys) {
        List<KeyValue> found = new ArrayList<>(keys.size());
        if (keys.size() == 1) {
            ByteSlice value = transaction.get(keys.getFirst());
            if (value != null) {
                found.add(new KeyValue(keys.getFirst(), value));
            }
        } else if (!keys.isEmpty()) {
            Map<ByteSlice, ByteSlice> values = transaction.getAll(keys);
            for (ByteSlice key : keys) {
                ByteSlice value = values.get(key);
                if (value != null) {
                    found.add(new KeyValue(key, value));
                }
            }
        }
        return found;
    }

    void close() {
        RowCursor open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
        batch = List.<KeyValue>of().iterator();
        points = List.<ByteSlice>of().iterator();
        ranges = List.<KeyRange>of().iterator();
    }
}
