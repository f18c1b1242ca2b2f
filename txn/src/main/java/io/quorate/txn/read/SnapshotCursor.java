package io.quorate.txn.read;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.txn.api.Transaction.RowCursor;
import io.quorate.txn.buffer.MutationBuffer.OwnRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a range in key order or backwards: the snapshot's, fetched in pages over as many regions
/// as the range has, merged with the transaction's own writes, which hide what they replace.
public final class SnapshotCursor implements RowCursor {
    private static final int FIRST_PAGE_ROWS = 128;
    private static final int PAGE_ROWS_MAX = 4_096;

    private final SnapshotReader reader;
    private final boolean reverse;
    private final List<OwnRow> own;
    private int ownAt;
    private List<KeyValue> page = List.of();
    private int pageAt;
    private int pageRows;

    /// What the snapshot has left to read; null when it was read to its end.
    private @Nullable KeyRange rest;

    private @Nullable ByteSlice lastKey;

    /// @param own the transaction's writes in the range, in the cursor's direction
    /// @param expectedRows how many rows will be asked for; 0 when unknown
    public SnapshotCursor(
            SnapshotReader reader,
            KeyRange range,
            boolean reverse,
            int expectedRows,
            List<OwnRow> own) {
        this.reader = reader;
        this.reverse = reverse;
        this.own = own;
        this.rest = range.isEmpty() ? null : range;
        this.pageRows = expectedRows <= 0 ? FIRST_PAGE_ROWS : Math.min(expectedRows, PAGE_ROWS_MAX);
    }

    @Override
    public @Nullable KeyValue next() {
        while (true) {
            KeyValue theirs = peekTheirs();
            OwnRow mine = ownAt < own.size() ? own.get(ownAt) : null;
            if (mine == null && theirs == null) {
                return null;
            }
            int order = mine == null ? 1 : theirs == null ? -1 : order(mine.key(), theirs.key());
            if (mine == null || order > 0) {
                pageAt++;
                return inOrder(Check.present(theirs, "one of both has a row"));
            }
            ownAt++;
            if (order == 0) {
                pageAt++;
            }
            if (mine.value() != null) {
                return inOrder(new KeyValue(mine.key(), mine.value()));
            }
        }
    }

    @Override
    public void close() {
        rest = null;
        page = List.of();
        pageAt = 0;
        ownAt = own.size();
    }

    private @Nullable KeyValue peekTheirs() {
        while (pageAt == page.size()) {
            if (rest == null) {
                return null;
            }
            SnapshotReader.Page fetched = reader.page(rest, reverse, pageRows);
            page = fetched.rows();
            rest = fetched.rest();
            pageAt = 0;
            pageRows = Math.min(PAGE_ROWS_MAX, pageRows * 2);
        }
        return page.get(pageAt);
    }

    private int order(ByteSlice one, ByteSlice other) {
        return reverse ? other.compareTo(one) : one.compareTo(other);
    }

    private KeyValue inOrder(KeyValue row) {
        Check.that(
                lastKey == null || order(lastKey, row.key()) < 0,
                "a cursor's keys come in order, but %s came late",
                row.key());
        lastKey = row.key();
        return row;
    }
}
