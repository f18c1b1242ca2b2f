package io.quorate.txn.lock;

import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.LockInfo;
import io.quorate.tso.api.Timestamp;
import java.util.List;

/// One transaction's waiting for one set of locks: how long it may still take, and whether it is part
/// of a deadlock. The waiting itself is done in slices by whoever holds this, who asks before each.
///
/// Close it when the waiting is over, however it ended.
public final class LockWait implements AutoCloseable {
    /// How long to wait before asking again whether the holder lives, and telling the detector again.
    private static final long SLICE_MILLIS = 500;

    /// The first wait: most holders are just committing. The detector is told only afterwards.
    private static final long FIRST_SLICE_MILLIS = 20;

    /// How long the detector remembers a wait that is not told again.
    private static final long EDGE_MILLIS = SLICE_MILLIS + 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Env env;
    private final DetectorNode detector;
    private final Timestamp waiter;
    private final Patience patience;
    private long startedNanos;
    private boolean started;
    private boolean registered;

    public LockWait(Env env, DetectorNode detector, Timestamp waiter, Patience patience) {
        this.env = env;
        this.detector = detector;
        this.waiter = waiter;
        this.patience = patience;
    }

    /// How many milliseconds to wait for `lock` now. Throws DEADLOCK_DETECTED if this transaction has to
    /// give way, LOCK_NOT_AVAILABLE if its time is up, and what the interruption throws.
    public long nextSliceMillis(LockInfo lock) {
        patience.interruption().check();
        long timeoutMillis = patience.timeoutMillis();
        long now = env.clock().nanos();
        if (!started) {
            started = true;
            startedNanos = now;
            return timeoutMillis == 0
                    ? FIRST_SLICE_MILLIS
                    : Math.min(FIRST_SLICE_MILLIS, timeoutMillis);
        }
        long waitedMillis = (now - startedNanos) / NANOS_PER_MILLI;
        if (timeoutMillis > 0 && waitedMillis >= timeoutMillis) {
            throw notAvailable(lock, "lock_timeout (" + timeoutMillis + " ms) passed");
        }
        registered = true;
        List<Timestamp> circle = detector.waits(waiter, lock.start(), EDGE_MILLIS);
        if (!circle.isEmpty()) {
            registered = false;
            throw deadlock(circle);
        }
        return timeoutMillis == 0
                ? SLICE_MILLIS
                : Math.max(1, Math.min(SLICE_MILLIS, timeoutMillis - waitedMillis));
    }

    @Override
    public void close() {
        if (registered) {
            registered = false;
            detector.waitsNoMore(waiter);
        }
    }

    static QuorateException notAvailable(LockInfo lock, String why) {
        return new QuorateException(
                        ErrorCode.LOCK_NOT_AVAILABLE,
                        "the lock on key " + lock.key() + " could not be had: " + why)
                .withDetail("Transaction " + lock.start() + " holds it.");
    }

    private QuorateException deadlock(List<Timestamp> circle) {
        env.metrics().counter("quorate_txn_deadlocks_total").increment();
        StringBuilder detail = new StringBuilder();
        for (int i = 0; i < circle.size(); i++) {
            detail.append("Transaction ").append(circle.get(i)).append(" waits for ");
            detail.append(circle.get((i + 1) % circle.size())).append(". ");
        }
        return new QuorateException(ErrorCode.DEADLOCK_DETECTED, "deadlock detected")
                .withDetail(detail.toString().trim())
                .withHint("This transaction, the youngest, was rolled back: run it again.");
    }
}
