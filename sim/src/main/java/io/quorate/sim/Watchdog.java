package io.quorate.sim;

import java.util.concurrent.locks.LockSupport;

/// The one thread of a world that knows real time: when a run makes no step for a while, it says
/// where the run hangs. A run hangs when code waits in a way the scheduler cannot see (a park inside
/// native code or a class initialiser) or loops without a wait.
final class Watchdog implements AutoCloseable {
    private static final long LOOK_NANOS = 5_000_000_000L;
    private static final int LOOKS_MAX = 6;

    private final Scheduler scheduler;
    private final Thread watched = Thread.currentThread();
    private final Thread thread;
    private volatile boolean running;
    private volatile boolean closed;

    Watchdog(Scheduler scheduler, long seed) {
        this.scheduler = scheduler;
        this.thread = Thread.ofPlatform().daemon().name("sim-watchdog-" + seed).start(this::watch);
    }

    void running(boolean now) {
        running = now;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        long seen = -1;
        int looks = 0;
        while (!closed) {
            LockSupport.parkNanos(LOOK_NANOS);
            long steps = scheduler.steps();
            looks = running && steps == seen ? looks + 1 : 0;
            seen = steps;
            if (looks == LOOKS_MAX) {
                report();
            }
        }
    }

    private void report() {
        StringBuilder text = new StringBuilder("the run hangs: no step for 30 s of real time\n");
        for (StackTraceElement frame : watched.getStackTrace()) {
            text.append("    at ").append(frame).append('\n');
        }
        String report = scheduler.describe(text.toString());
        System.err.println(report);
        scheduler.fail("the run hung", null);
    }
}
