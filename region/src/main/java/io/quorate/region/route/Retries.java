package io.quorate.region.route;

import io.quorate.common.env.Env;

/// The pauses of one request: short at first, doubling, each cut to a random part so that clients do
/// not come back together.
public final class Retries {
    private static final long FIRST_NANOS = 2_000_000L;
    private static final long MOST_NANOS = 200_000_000L;

    private final Env env;
    private final long deadlineNanos;
    private long nextNanos = FIRST_NANOS;

    public Retries(Env env, long timeoutNanos) {
        this.env = env;
        deadlineNanos = env.clock().nanos() + timeoutNanos;
    }

    public long leftNanos() {
        return Math.max(0, deadlineNanos - env.clock().nanos());
    }

    /// False, at once, if the time is up.
    public boolean pause() {
        long left = leftNanos();
        if (left == 0) {
            return false;
        }
        long half = nextNanos / 2;
        long nanos = half + env.random().nextInt((int) half + 1);
        nextNanos = Math.min(nextNanos * 2, MOST_NANOS);
        env.tasks().sleepNanos(Math.min(nanos, left));
        return leftNanos() > 0;
    }
}
