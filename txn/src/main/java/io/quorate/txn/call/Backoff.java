package io.quorate.txn.call;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;

/// Pauses that double from one try to the next, each somewhere between half and the whole of its
/// length, so that rivals do not come back at the same moment.
public final class Backoff {
    private final Env env;
    private final long maxNanos;
    private long nextNanos;

    public Backoff(Env env, long firstNanos, long maxNanos) {
        Check.that(
                firstNanos > 0 && firstNanos <= maxNanos, "a pause grows from more than nothing");
        this.env = env;
        this.nextNanos = firstNanos;
        this.maxNanos = maxNanos;
    }

    public void pause() {
        pause(Long.MAX_VALUE);
    }

    /// Pauses no longer than `mostNanos`.
    public void pause(long mostNanos) {
        long half = nextNanos / 2;
        long nanos = half + (long) (env.random().nextDouble() * half);
        nextNanos = Math.min(maxNanos, nextNanos * 2);
        env.tasks().sleepNanos(Math.max(1, Math.min(nanos, mostNanos)));
    }
}
