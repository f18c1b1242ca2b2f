package io.quorate.sql.ddl;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.common.error.Retry;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Isolation;
import io.quorate.txn.api.LockMode;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.WaitPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The values of sequences. A value once drawn is never drawn again, whatever becomes of the
/// transaction; so a node draws them in short transactions of its own, [#BATCH] at a time. Values
/// that a node drew and did not use are lost when it stops, as PostgreSQL's cached ones are.
public final class Sequences {
    private static final int BATCH = 32;
    private static final int TRIES = 100;
    private static final int VERSION = 1;

    private final TransactionManager transactions;
    private final Map<Long, Cache> caches = new ConcurrentHashMap<>();

    /// Values drawn and not yet used: `next`, and so many more after it.
    private static final class Cache {
        private final ReentrantLock lock = new ReentrantLock();
        private long next; // guarded by lock
        private int left; // guarded by lock
    }

    /// The stored state: the last value given out, or the first to be.
    private record State(long value, boolean called) {}

    public Sequences(TransactionManager transactions) {
        this.transactions = transactions;
    }

    /// The next value; SEQUENCE_LIMIT_EXCEEDED when there is none left.
    public long next(SequenceDescriptor sequence) {
        Cache cache = caches.computeIfAbsent(sequence.oid(), _ -> new Cache());
        cache.lock.lock();
        try {
            if (cache.left == 0) {
                refill(sequence, cache);
            }
            long value = cache.next;
            cache.left--;
            if (cache.left > 0) {
                cache.next += sequence.increment();
            }
            return value;
        } finally {
            cache.lock.unlock();
        }
    }

    /// `setval`.
    public void set(SequenceDescriptor sequence, long value, boolean called) {
        if (value < sequence.minimum() || value > sequence.maximum()) {
            throw new QuorateException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "setval: value "
                            + value
                            + " is out of bounds for sequence \""
                            + sequence.name()
                            + "\" ("
                            + sequence.minimum()
                            + ".."
                            + sequence.maximum()
                            + ")");
        }
        inTransaction(transaction -> {
            transaction.lock(List.of(key(sequence)), WaitPolicy.WAIT);
            write(transaction, sequence, new State(value, called));
            return value;
        });
        forget(sequence.oid());
    }

    /// Drops what this node holds back, so that the next value comes from the store.
    public void forget(long sequenceOid) {
        caches.remove(sequenceOid);
    }

    /// The key of its value, which goes when the sequence goes.
    public static ByteSlice key(SequenceDescriptor sequence) {
        ByteWriter out = new ByteWriter(10);
        out.putRaw(ByteSlice.utf8("mq"));
        out.putLong(sequence.oid());
        return out.toSlice();
    }

    private void refill(SequenceDescriptor sequence, Cache cache) {
        long[] drawn =
                inTransaction(transaction -> {
                    ByteSlice stored =
                            transaction
                                    .lock(List.of(key(sequence)), WaitPolicy.WAIT)
                                    .getFirst()
                                    .value();
                    return draw(transaction, sequence, read(sequence, stored));
                });
        cache.next = drawn[0];
        cache.left = (int) drawn[1];
    }

    /// The first drawn value and how many.
    private static long[] draw(Transaction transaction, SequenceDescriptor sequence, State state) {
        long step = sequence.increment();
        long first = state.called() ? after(sequence, state.value()) : state.value();
        long last = first;
        int count = 1;
        while (count < BATCH && fits(sequence, last)) {
            last += step;
            count++;
        }
        write(transaction, sequence, new State(last, true));
        return new long[] {first, count};
    }

    private static boolean fits(SequenceDescriptor sequence, long value) {
        long step = sequence.increment();
        return step > 0 ? value <= sequence.maximum() - step : value >= sequence.minimum() - step;
    }

    private static long after(SequenceDescriptor sequence, long value) {
        if (fits(sequence, value)) {
            return value + sequence.increment();
        }
        if (sequence.cycles()) {
            return sequence.increment() > 0 ? sequence.minimum() : sequence.maximum();
        }
        boolean up = sequence.increment() > 0;
        throw new QuorateException(
                ErrorCode.SEQUENCE_LIMIT_EXCEEDED,
                "nextval: reached "
                        + (up ? "maximum" : "minimum")
                        + " value of sequence \""
                        + sequence.name()
                        + "\" ("
                        + (up ? sequence.maximum() : sequence.minimum())
                        + ")");
    }

    private static State read(SequenceDescriptor sequence, @Nullable ByteSlice stored) {
        if (stored == null) {
            return new State(sequence.start(), false);
        }
        ByteReader in = new ByteReader(stored);
        int version = in.getByte();
        if (version != VERSION) {
            throw new io.quorate.common.codec.CorruptBytes("sequence value of version " + version);
        }
        return new State(in.getLong(), in.getBoolean());
    }

    private static void write(Transaction transaction, SequenceDescriptor sequence, State state) {
        ByteWriter out = new ByteWriter(10);
        out.putByte(VERSION);
        out.putLong(state.value());
        out.putBoolean(state.called());
        transaction.put(key(sequence), out.toSlice());
    }

    private interface Work<T> {
        T in(Transaction transaction);
    }

    private <T> T inTransaction(Work<T> work) {
        QuorateException last = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Transaction transaction =
                    transactions.begin(
                            new TransactionOptions(
                                    Isolation.READ_COMMITTED,
                                    LockMode.PESSIMISTIC,
                                    false,
                                    false,
                                    0));
            try {
                T result = work.in(transaction);
                transaction.commit(Timestamp.MAX);
                return result;
            } catch (QuorateException failed) {
                transaction.rollback();
                if (failed.code().retry() != Retry.STATEMENT
                        && failed.code().retry() != Retry.TRANSACTION) {
                    throw failed;
                }
                last = failed;
            }
        }
        throw last == null ? new QuorateException(ErrorCode.INTERNAL_ERROR, "no try") : last;
    }
}
