package io.quorate.server.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// When a run is over, for all of its threads.
final class RunClock {
    private final CountDownLatch over = new CountDownLatch(1);

    void end() {
        over.countDown();
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /// Waits at most that long and says whether the run is over. An interrupted thread is told so at
    /// once.
    boolean isOverWithin(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
