package io.quorate.raftstore.snapshot;

import io.quorate.common.env.Env;
import java.util.concurrent.locks.ReentrantLock;

/// Lets so many bytes a second pass, and a second's worth at once after a pause. Safe for several
/// threads, which get their turns in the order in which they came.
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Env env;
    private final double bytesPerNano;
    private final long burstNanos;
    private final ReentrantLock lock = new ReentrantLock();

    /// When everything let through so far has passed at the rate. Guarded by `lock`.
    private long paidUntilNanos;

    TokenBucket(Env env, long bytesPerSecond) {
        this.env = env;
        this.bytesPerNano = bytesPerSecond / NANOS_PER_SECOND;
        this.burstNanos = (long) NANOS_PER_SECOND;
        this.paidUntilNanos = env.clock().nanos() - burstNanos;
    }

    /// Waits until that many bytes may pass.
    void take(long bytes) {
        long waitNanos = reserve(bytes);
        if (waitNanos > 0) {
            env.tasks().sleepNanos(waitNanos);
        }
    }

    private long reserve(long bytes) {
        lock.lock();
        try {
            long now = env.clock().nanos();
            if (paidUntilNanos - (now - burstNanos) < 0) {
                paidUntilNanos = now - burstNanos;
            }
            long waitNanos = paidUntilNanos - now;
            paidUntilNanos += (long) (bytes / bytesPerNano);
            return waitNanos;
        } finally {
            lock.unlock();
        }
    }
}
