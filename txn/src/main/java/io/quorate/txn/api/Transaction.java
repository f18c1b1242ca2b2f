package io.quorate.txn.api;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One transaction, used by one thread at a time. Writes are kept in memory until commit; reads see
/// them. Errors are [QuorateException]s: NEWER_ROW (run the statement again), SERIALIZATION_FAILURE,
/// DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, TRANSACTION_RESOLUTION_UNKNOWN, CANNOT_CONNECT_NOW. After
/// any error but NEWER_ROW and LOCK_NOT_AVAILABLE only `rollback` may be called.
public interface Transaction {
    Timestamp start();

    /// The snapshot that reads of the current statement see.
    Timestamp readTimestamp();

    /// Begins a statement: at READ COMMITTED with a new snapshot. The first statement's snapshot is
    /// the start timestamp.
    void beginStatement();

    /// Takes back the writes of the current statement (its locks stay), to run it again on a snapshot
    /// that shows the newer row.
    void restartStatement();

    @Nullable ByteSlice get(ByteSlice key);

    /// The keys that have a value, with it.
    Map<ByteSlice, ByteSlice> getAll(List<ByteSlice> keys);

    /// The rows of a range in key order, or backwards. Fetched in pages; close it when done early.
    /// `expectedRows` sizes the first page: 0 when unknown.
    RowCursor scan(KeyRange range, boolean reverse, int expectedRows);

    /// Locks keys for this transaction and returns their values as of the lock, by position; null
    /// where there is none, and `skipped` where SKIP_LOCKED passed a key over. In OPTIMISTIC mode the
    /// keys are only noted, checked at commit, and their values are those of the snapshot. A version
    /// newer than the snapshot ends in NEWER_ROW (READ COMMITTED) or SERIALIZATION_FAILURE.
    List<LockedRow> lock(List<ByteSlice> keys, WaitPolicy wait);

    /// Locks a row and returns its newest value, without a look at it before; null, and no lock, where
    /// there is none. At READ COMMITTED the row may be newer than the statement's snapshot, which then
    /// moves on. As a read followed by [#lock], but in one step.
    @Nullable ByteSlice lockNewest(ByteSlice key);

    void put(ByteSlice key, ByteSlice value);

    /// Puts a key that must not exist at commit. In PESSIMISTIC mode outside autocommit the key is
    /// locked and checked by [#endStatement]; otherwise at commit. `duplicate` makes the error to throw.
    void insert(ByteSlice key, ByteSlice value, Supplier<QuorateException> duplicate);

    void delete(ByteSlice key);

    /// The statement is carried out: locks and checks what it inserted, all keys of a region at once.
    /// Where it is not called, inserted keys are checked at commit.
    void endStatement();

    /// Marks the writes so far; the answer is given to [#rollbackTo].
    int savepoint();

    /// Takes back the writes since the savepoint. Locks stay until the end.
    void rollbackTo(int savepoint);

    /// True if there is anything to commit.
    boolean hasWrites();

    /// Commits, at a timestamp not after `maxCommit` (the end of the schema lease). Returns the commit
    /// timestamp, or the start timestamp if there was nothing to write. The transaction is over
    /// whatever comes of it. In autocommit a conflict is NEWER_ROW: run the statement again in a new
    /// transaction, best a pessimistic one that waits its turn.
    Timestamp commit(Timestamp maxCommit);

    /// Ends it without a trace. Never throws for what the network does: what cannot be cleaned up now
    /// is resolved by whoever meets it.
    void rollback();

    record LockedRow(boolean skipped, @Nullable ByteSlice value) {}

    /// Rows one after the other.
    interface RowCursor extends AutoCloseable {
        /// The next row, or null after the last.
        @Nullable KeyValue next();

        @Override
        void close();
    }
}
