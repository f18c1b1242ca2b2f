package io.quorate.region.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Counts who is inside, so that native memory is freed only when nobody is. Once shut nobody enters.
final class Gate {
    private static final long SHUT = 1L << 62;

    /// How many are inside, plus [#SHUT] once it is shut.
    private final AtomicLong state = new AtomicLong();

    private volatile @Nullable Thread shutter;

    /// False if the gate is shut; otherwise the caller is inside until it leaves.
    boolean enter() {
        while (true) {
            long now = state.get();
            if ((now & SHUT) != 0) {
                return false;
            }
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    void leave() {
        if (state.decrementAndGet() == SHUT) {
            Thread waiting = shutter;
            if (waiting != null) {
                LockSupport.unpark(waiting);
            }
        }
    }

    /// Shuts the gate and waits until everybody left. False if it was shut before.
    boolean shut() {
        shutter = Thread.currentThread();
        while (true) {
            long now = state.get();
            if ((now & SHUT) != 0) {
                return false;
            }
            if (state.compareAndSet(now, now | SHUT)) {
                break;
            }
        }
        while (state.get() != SHUT) {
            LockSupport.park(this);
        }
        return true;
    }
}
