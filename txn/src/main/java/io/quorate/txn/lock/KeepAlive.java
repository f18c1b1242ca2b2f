package io.quorate.txn.lock;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionRequest;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.call.RegionCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Prolongs the locks of this node's running transactions, by their primaries, so that nobody takes a
/// slow transaction for a dead one. One task looks after all of them, and ends when there are none.
public final class KeepAlive {
    /// The life of a lock when it is taken: enough for a commit, and at least twice what a change of
    /// the oracle's leader may move time.
    public static final long FIRST_TTL_MILLIS = 3_000;

    /// A transaction that is older gets no more time: it may never commit.
    public static final long AGE_MILLIS_MAX = 3_600_000;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long TICK_NANOS = 500 * NANOS_PER_MILLI;
    private static final long FIRST_BEAT_NANOS = 1_000 * NANOS_PER_MILLI;
    private static final long BEAT_NANOS = 10_000 * NANOS_PER_MILLI;
    private static final long TTL_MILLIS = 20_000;
    private static final long CALL_NANOS = 5_000 * NANOS_PER_MILLI;

    private final RegionCalls calls;
    private final Env env;
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by `lock`, as the next.
    private final SortedMap<Timestamp, Watched> watched = new TreeMap<>();

    private boolean running;

    public KeepAlive(RegionCalls calls) {
        this.calls = calls;
        this.env = calls.env();
    }

    private record Watched(
            Timestamp start, ByteSlice primary, LongSupplier ageMillis, long nextBeatNanos) {
        Watched beatingAt(long nanos) {
            return new Watched(start, primary, ageMillis, nanos);
        }
    }

    /// Keeps the transaction alive from now on until [#forget]. Does nothing if it is watched already.
    public void watch(Timestamp start, ByteSlice primary, LongSupplier ageMillis) {
        boolean startTask;
        lock.lock();
        try {
            long first = env.clock().nanos() + FIRST_BEAT_NANOS;
            watched.putIfAbsent(start, new Watched(start, primary, ageMillis, first));
            startTask = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (startTask) {
            env.tasks().start("keep-alive", this::run);
        }
    }

    public void forget(Timestamp start) {
        lock.lock();
        try {
            watched.remove(start);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            env.tasks().sleepNanos(TICK_NANOS);
            List<Watched> due = takeDue();
            if (due.isEmpty() && stopIfIdle()) {
                return;
            }
            for (Watched transaction : due) {
                env.tasks().start("heartbeat", () -> beat(transaction));
            }
        }
    }

    private List<Watched> takeDue() {
        long now = env.clock().nanos();
        List<Watched> due = new ArrayList<>();
        lock.lock();
        try {
            watched.values().removeIf(entry -> entry.ageMillis().getAsLong() > AGE_MILLIS_MAX);
            watched.replaceAll((_, entry) -> {
                if (entry.nextBeatNanos() - now > 0) {
                    return entry;
                }
                due.add(entry);
                return entry.beatingAt(now + BEAT_NANOS);
            });
        } finally {
            lock.unlock();
        }
        return due;
    }

    private boolean stopIfIdle() {
        lock.lock();
        try {
            running = !watched.isEmpty();
            return !running;
        } finally {
            lock.unlock();
        }
    }

    private void beat(Watched transaction) {
        long ttlMillis = transaction.ageMillis().getAsLong() + TTL_MILLIS;
        SendResult sent =
                calls.send(
                        transaction.primary(),
                        CALL_NANOS,
                        header ->
                                new RegionRequest.TxnHeartbeat(
                                        header,
                                        transaction.primary(),
                                        transaction.start(),
                                        ttlMillis));
        switch (sent) {
            case SendResult.Answered(Answer answer) -> {
                if (answer.error() instanceof KeyError.LockNotFound) {
                    forget(transaction.start());
                }
            }
            case SendResult.Regroup() -> beatSoon(transaction.start());
            case SendResult.Unavailable _ -> beatSoon(transaction.start());
            case SendResult.Unknown _ -> beatSoon(transaction.start());
        }
    }

    private void beatSoon(Timestamp start) {
        lock.lock();
        try {
            long now = env.clock().nanos();
            watched.computeIfPresent(start, (_, entry) -> entry.beatingAt(now));
        } finally {
            lock.unlock();
        }
    }
}
