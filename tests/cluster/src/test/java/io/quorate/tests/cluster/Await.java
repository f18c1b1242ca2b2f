package io.quorate.tests.cluster;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits for something to become true.
final class Await {
    private static final long DEADLINE_SECONDS = 90;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /// What may fail until it comes true.
    @FunctionalInterface
    interface Condition {
        boolean holds() throws SQLException;
    }

    /// Tries until the condition holds; an [SQLException] means not yet.
    static void until(String what, Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        SQLException last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (SQLException notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("not within " + DEADLINE_SECONDS + " s: " + what, last);
    }
}
