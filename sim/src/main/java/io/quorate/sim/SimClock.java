package io.quorate.sim;

import io.quorate.common.env.Clock;

/// The clocks of one machine: a monotonic one that may run too fast or too slow, and a wall clock
/// that is besides off by some amount and may jump.
public final class SimClock implements Clock {
    /// The wall clock of a world starts at 2026-01-01T00:00:00Z.
    private static final long EPOCH_MILLIS = 1_767_225_600_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Scheduler scheduler;
    private double rate = 1.0;
    private long anchorWorldNanos;
    private long anchorNanos;
    private long wallOffsetMillis;

    /// `startNanos` is what the monotonic clock shows now.
    SimClock(Scheduler scheduler, long startNanos) {
        this.scheduler = scheduler;
        this.anchorWorldNanos = scheduler.nowNanos();
        this.anchorNanos = startNanos;
    }

    @Override
    public long nanos() {
        long passed = scheduler.nowNanos() - anchorWorldNanos;
        return anchorNanos + (rate == 1.0 ? passed : (long) (passed * rate));
    }

    @Override
    public long wallMillis() {
        return EPOCH_MILLIS + wallOffsetMillis + nanos() / NANOS_PER_MILLI;
    }

    /// From now on the clocks run `newRate` times as fast as the world: 1.01 gains 1 %.
    public void runAtRate(double newRate) {
        if (newRate <= 0) {
            throw new IllegalArgumentException("a clock runs forward, not at rate " + newRate);
        }
        long now = nanos();
        anchorWorldNanos = scheduler.nowNanos();
        anchorNanos = now;
        rate = newRate;
    }

    /// Moves the wall clock by that much, forward or back.
    public void jumpMillis(long millis) {
        wallOffsetMillis += millis;
    }

    /// How long the world waits until this clock has counted `nanos`.
    long worldNanos(long nanos) {
        return rate == 1.0 ? nanos : (long) Math.ceil(nanos / rate);
    }
}
