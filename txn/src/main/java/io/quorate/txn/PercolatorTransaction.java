package io.quorate.txn;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.Mutation;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Interruption;
import io.quorate.txn.api.Isolation;
import io.quorate.txn.api.LockMode;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.WaitPolicy;
import io.quorate.txn.buffer.MutationBuffer;
import io.quorate.txn.buffer.MutationBuffer.Write;
import io.quorate.txn.commit.AbortReason;
import io.quorate.txn.commit.CommitOutcome;
import io.quorate.txn.commit.CommitPlan;
import io.quorate.txn.lock.Conflicts;
import io.quorate.txn.lock.KeepAlive;
import io.quorate.txn.lock.LockRequest;
import io.quorate.txn.lock.LockTable;
import io.quorate.txn.lock.Patience;
import io.quorate.txn.read.SnapshotCursor;
import io.quorate.txn.read.SnapshotReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A transaction as its session uses it: which snapshot a statement reads, what it wrote, what it
/// locked. The protocol with the regions is elsewhere.
///
/// Timestamps are drawn as late as may be: the start with the first statement, a READ COMMITTED
/// snapshot with the first read of its statement.
final class PercolatorTransaction implements Transaction {
    private final Services services;
    private final TransactionOptions options;
    private final Patience patience;
    private final boolean pessimistic;

    /// What the running statement inserted and [#endStatement] will lock; true where the key must not
    /// exist.
    private final SortedMap<ByteSlice, Boolean> inserted = new TreeMap<>();

    private final MutationBuffer buffer = new MutationBuffer();
    private final LockTable locks = new LockTable();

    /// Keys to be locked at commit, in OPTIMISTIC mode, with the timestamp they were read at.
    private final SortedMap<ByteSlice, Timestamp> noted = new TreeMap<>();

    private @Nullable TransactionAge age;
    private @Nullable Timestamp read;
    private @Nullable SnapshotReader reader;
    private int statementMark;

    /// Whether a lock was raised to a version that is newer than every timestamp we drew.
    private boolean lockedAhead;

    private boolean ended;

    PercolatorTransaction(
            Services services, TransactionOptions options, Interruption interruption) {
        this.services = services;
        this.options = options;
        this.patience = new Patience(options.lockTimeoutMillis(), interruption);
        this.pessimistic = options.lockMode() == LockMode.PESSIMISTIC && !options.autocommit();
    }

    // Snapshots.

    @Override
    public Timestamp start() {
        return age().start();
    }

    @Override
    public Timestamp readTimestamp() {
        if (options.isolation() == Isolation.REPEATABLE_READ) {
            return start();
        }
        if (read == null) {
            read = age == null ? start() : services.oracle().next();
        }
        return read;
    }

    @Override
    public void beginStatement() {
        checkRunning();
        inserted.clear();
        statementMark = buffer.mark();
        newSnapshot();
    }

    @Override
    public void restartStatement() {
        checkRunning();
        inserted.clear();
        buffer.rollbackTo(statementMark);
        newSnapshot();
    }

    private void newSnapshot() {
        if (age == null) {
            read = start();
        } else if (options.isolation() == Isolation.READ_COMMITTED) {
            read = null;
            reader = null;
        }
    }

    private TransactionAge age() {
        if (age == null) {
            checkRunning();
            Timestamp start = services.oracle().next();
            age =
                    new TransactionAge(
                            services.oracle(),
                            services.env().clock(),
                            start,
                            services.env().clock().nanos());
        }
        return age;
    }

    // Reading.

    @Override
    public @Nullable ByteSlice get(ByteSlice key) {
        checkRunning();
        Write own = buffer.get(key);
        return own != null ? own.value() : reader().get(key);
    }

    @Override
    public Map<ByteSlice, ByteSlice> getAll(List<ByteSlice> keys) {
        checkRunning();
        SortedSet<ByteSlice> theirs = new TreeSet<>();
        for (ByteSlice key : keys) {
            if (buffer.get(key) == null) {
                theirs.add(key);
            }
        }
        Map<ByteSlice, ByteSlice> found =
                theirs.isEmpty() ? Map.of() : reader().getAll(new ArrayList<>(theirs));
        Map<ByteSlice, ByteSlice> values = LinkedHashMap.newLinkedHashMap(keys.size());
        for (ByteSlice key : keys) {
            Write own = buffer.get(key);
            ByteSlice value = own != null ? own.value() : found.get(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    @Override
    public RowCursor scan(KeyRange range, boolean reverse, int expectedRows) {
        checkRunning();
        return new SnapshotCursor(
                reader(), range, reverse, expectedRows, buffer.copy(range, reverse));
    }

    private SnapshotReader reader() {
        if (reader == null) {
            Timestamp snapshot = readTimestamp();
            Supplier<Timestamp> source =
                    services.faults().readLatest() ? services.oracle()::next : () -> snapshot;
            reader = new SnapshotReader(services.calls(), services.resolver(), source);
        }
        return reader;
    }

    // Locking.

    @Override
    public List<LockedRow> lock(List<ByteSlice> keys, WaitPolicy wait) {
        checkWritable();
        Map<ByteSlice, LockedRow> rows = pessimistic ? lockNow(keys, wait) : note(keys);
        List<LockedRow> inOrder = new ArrayList<>(keys.size());
        for (ByteSlice key : keys) {
            LockedRow row = Check.present(rows.get(key), "every asked key has a row");
            Write own = buffer.get(key);
            inOrder.add(own != null && !row.skipped() ? new LockedRow(false, own.value()) : row);
        }
        return inOrder;
    }

    /// Locks what is not locked yet; a key that is was locked before and cannot have changed since.
    private Map<ByteSlice, LockedRow> lockNow(List<ByteSlice> keys, WaitPolicy wait) {
        SortedSet<ByteSlice> fresh = new TreeSet<>();
        SortedSet<ByteSlice> held = new TreeSet<>();
        for (ByteSlice key : keys) {
            (locks.forUpdate(key) == null ? fresh : held).add(key);
        }
        SortedMap<ByteSlice, LockedRow> rows = new TreeMap<>();
        if (!fresh.isEmpty()) {
            rows.putAll(lockFresh(new ArrayList<>(fresh), wait, null));
        }
        if (!held.isEmpty()) {
            Map<ByteSlice, ByteSlice> values = reader().getAll(new ArrayList<>(held));
            held.forEach(key -> rows.put(key, new LockedRow(false, values.get(key))));
        }
        return rows;
    }

    @Override
    public @Nullable ByteSlice lockNewest(ByteSlice key) {
        checkWritable();
        boolean inOneStep =
                pessimistic
                        && options.isolation() == Isolation.READ_COMMITTED
                        && buffer.get(key) == null
                        && locks.forUpdate(key) == null;
        if (!inOneStep) {
            return get(key) == null ? null : lock(List.of(key), WaitPolicy.WAIT).getFirst().value();
        }
        // Any timestamp will do: the lock is raised to the version that it finds.
        Timestamp least = read == null ? start() : read;
        LockedRow row =
                Check.present(
                        lockFresh(List.of(key), least, true, WaitPolicy.WAIT, null).get(key),
                        "the asked key has a row");
        Timestamp lockedAt = locks.forUpdate(key);
        if (lockedAt != null && lockedAt.isAfter(least)) {
            lockedAhead = true;
            read = null;
            reader = null;
        }
        return row.value();
    }

    private SortedMap<ByteSlice, LockedRow> lockFresh(
            List<ByteSlice> keys,
            WaitPolicy wait,
            @Nullable Function<ByteSlice, QuorateException> duplicate) {
        return lockFresh(keys, readTimestamp(), false, wait, duplicate);
    }

    private SortedMap<ByteSlice, LockedRow> lockFresh(
            List<ByteSlice> keys,
            Timestamp forUpdate,
            boolean newest,
            WaitPolicy wait,
            @Nullable Function<ByteSlice, QuorateException> duplicate) {
        TransactionAge running = age();
        LockRequest request =
                new LockRequest(
                        running.start(),
                        forUpdate,
                        newest,
                        options.isolation() == Isolation.READ_COMMITTED,
                        wait,
                        patience,
                        () -> running.millis() + KeepAlive.FIRST_TTL_MILLIS,
                        duplicate);
        try {
            return services.locker().lock(locks, keys, request);
        } finally {
            ByteSlice primary = locks.primary();
            if (primary != null) {
                services.keepAlive().watch(running.start(), primary, running::millis);
            }
        }
    }

    private Map<ByteSlice, LockedRow> note(List<ByteSlice> keys) {
        Timestamp at = readTimestamp();
        keys.forEach(key -> noted.putIfAbsent(key, at));
        Map<ByteSlice, ByteSlice> values = reader().getAll(new ArrayList<>(new TreeSet<>(keys)));
        SortedMap<ByteSlice, LockedRow> rows = new TreeMap<>();
        keys.forEach(key -> rows.put(key, new LockedRow(false, values.get(key))));
        return rows;
    }

    // Writing.

    @Override
    public void put(ByteSlice key, ByteSlice value) {
        checkWritable();
        write(key, value);
    }

    @Override
    public void delete(ByteSlice key) {
        checkWritable();
        write(key, null);
    }

    /// A key that must not exist at commit must still not, whatever is written over it.
    private void write(ByteSlice key, @Nullable ByteSlice value) {
        Write before = buffer.get(key);
        Timestamp lockedAt = locks.forUpdate(key);
        Timestamp floor = lockedAt == null ? readTimestamp() : lockedAt;
        buffer.put(key, value, before == null ? null : before.duplicate(), floor);
    }

    @Override
    public void insert(ByteSlice key, ByteSlice value, Supplier<QuorateException> duplicate) {
        checkWritable();
        Write before = buffer.get(key);
        if (before != null && before.value() != null) {
            throw duplicate.get();
        }
        // A row that this transaction deleted is one that it knows to exist.
        Supplier<QuorateException> atCommit = before == null ? duplicate : before.duplicate();
        if (pessimistic) {
            if (locks.forUpdate(key) == null) {
                inserted.put(key, before == null);
            } else if (before == null && reader().get(key) != null) {
                throw duplicate.get();
            }
        }
        buffer.put(key, value, atCommit, readTimestamp());
    }

    @Override
    public void endStatement() {
        checkRunning();
        lockInserted(true);
        lockInserted(false);
        inserted.clear();
    }

    /// Locks what the statement inserted, the keys of a region in one go: those that must not exist,
    /// or those that this transaction deleted before.
    private void lockInserted(boolean absent) {
        List<ByteSlice> keys = new ArrayList<>();
        inserted.forEach((key, mustBeAbsent) -> {
            if (mustBeAbsent == absent && locks.forUpdate(key) == null) {
                keys.add(key);
            }
        });
        if (!keys.isEmpty()) {
            lockFresh(keys, WaitPolicy.WAIT, absent ? this::duplicateOf : null);
        }
    }

    @Override
    public int savepoint() {
        checkRunning();
        return buffer.mark();
    }

    @Override
    public void rollbackTo(int savepoint) {
        checkRunning();
        inserted.clear();
        buffer.rollbackTo(savepoint);
        statementMark = Math.min(statementMark, savepoint);
    }

    @Override
    public boolean hasWrites() {
        return !buffer.isEmpty();
    }

    // Ending.

    @Override
    public Timestamp commit(Timestamp maxCommit) {
        checkRunning();
        if (buffer.isEmpty()) {
            Timestamp start = start();
            rollback();
            return start;
        }
        ended = true;
        CommitPlan plan = plan(maxCommit);
        return switch (services.committer().commit(plan)) {
            case CommitOutcome.Committed(Timestamp commit) -> commit;
            case CommitOutcome.Aborted(AbortReason reason) -> throw errorOf(reason);
            case CommitOutcome.Unknown(String why) -> throw unknown(plan, why);
        };
    }

    @Override
    public void rollback() {
        if (!ended) {
            ended = true;
            if (age != null) {
                // All of them, whatever they were raised to.
                services.committer().giveBackLocks(age.start(), Timestamp.MAX, locks.all());
            }
        }
    }

    private CommitPlan plan(Timestamp maxCommit) {
        List<Mutation> mutations = WriteSet.of(buffer, locks, noted);
        ByteSlice primary = locks.primary();
        if (primary == null) {
            primary = mutations.getFirst().key();
        }
        if (services.faults().lostSecondary()) {
            ByteSlice only = primary;
            mutations = mutations.stream().filter(one -> one.key().equals(only)).toList();
        }
        TransactionAge running = age();
        return new CommitPlan(
                running.start(),
                primary,
                mutations,
                commitAfter(),
                !locks.isEmpty(),
                maxCommit,
                patience,
                running::millis);
    }

    /// What the commit has to lie after. A region that computes it goes just past what it is told; the
    /// oracle would not know of a commit that goes just past another computed one, and would still
    /// give out timestamps before it. Hence a fresh one.
    private Timestamp commitAfter() {
        return lockedAhead ? services.oracle().next() : latestForUpdate();
    }

    private Timestamp latestForUpdate() {
        Timestamp latest = read == null ? start() : Timestamp.max(start(), read);
        for (Timestamp forUpdate : locks.held().values()) {
            latest = Timestamp.max(latest, forUpdate);
        }
        return latest;
    }

    private QuorateException errorOf(AbortReason reason) {
        boolean rerun = options.autocommit();
        return switch (reason) {
            case AbortReason.Conflict(ByteSlice key) -> Conflicts.newerRow(key, rerun);
            case AbortReason.Exists(ByteSlice key) -> duplicateOf(key);
            case AbortReason.RolledBack(String why) -> Conflicts.rolledBack(why, rerun);
            case AbortReason.SchemaChanged() ->
                    Conflicts.rolledBack("a table it uses was altered meanwhile", false);
            case AbortReason.Failed(QuorateException error) ->
                    rerun && error.code() == ErrorCode.DEADLOCK_DETECTED
                            ? Conflicts.rolledBack(error.message(), true)
                            : error;
            case AbortReason.Unreachable(String why) ->
                    Conflicts.rolledBack("a region did not answer (" + why + ")", false);
        };
    }

    private QuorateException duplicateOf(ByteSlice key) {
        Write write = Check.present(buffer.get(key), "only an inserted key must not exist");
        return Check.present(write.duplicate(), "only an inserted key must not exist").get();
    }

    private static QuorateException unknown(CommitPlan plan, String why) {
        String token = new OutcomeToken(plan.start(), plan.primary()).text();
        return new QuorateException(
                        ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN,
                        "whether the transaction committed is not known: " + why)
                .withDetail(token)
                .withHint("Ask later with SELECT quorate_txn_status('" + token + "').");
    }

    private void checkRunning() {
        if (ended) {
            throw new QuorateException(
                    ErrorCode.INVALID_TRANSACTION_STATE, "the transaction is over");
        }
    }

    private void checkWritable() {
        checkRunning();
        if (options.readOnly()) {
            throw new QuorateException(
                    ErrorCode.READ_ONLY_SQL_TRANSACTION, "the transaction is read-only");
        }
    }
}
