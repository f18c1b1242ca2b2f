package io.quorate.sim;

import io.quorate.sim.Trace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Decides who runs next and what time it is. Everything happens on the thread that made it; a thread
/// from outside that wakes one of ours fails the run, because the moment of its doing so did not come
/// from the seed.
final class Scheduler {
    /// What a step costs in virtual time, so that code which spins makes time pass.
    private static final long STEP_NANOS = 500;

    private static final int STACKS_SHOWN_MAX = 40;

    private final long seed;
    private final SimRandom random;
    private final Trace trace;
    private final VirtualThreads maker = new VirtualThreads();
    private final Timers timers = new Timers();
    private final ArrayList<SimThread> runnable = new ArrayList<>();
    private final List<Incarnation> incarnations = new ArrayList<>();
    private final Thread runner = Thread.currentThread();
    private long nowNanos;
    private long threadIds;
    private volatile long steps;
    private volatile @Nullable SimThread current;
    private volatile @Nullable Failure failure;

    private record Failure(String reason, @Nullable Throwable cause) {}

    Scheduler(long seed, SimRandom random, Trace trace) {
        this.seed = seed;
        this.random = random;
        this.trace = trace;
        if (runner.isVirtual()) {
            throw new IllegalStateException("a world is run by a platform thread");
        }
    }

    long nowNanos() {
        return nowNanos;
    }

    /// Read by the watchdog too.
    long steps() {
        return steps;
    }

    @Nullable SimThread current() {
        return current;
    }

    boolean onWorldThread() {
        Thread caller = Thread.currentThread();
        SimThread running = current;
        return caller == runner || (running != null && caller == running.thread());
    }

    /// True on a simulated thread, which may wait; false on the thread that runs the world.
    boolean onSimThread() {
        SimThread running = current;
        return running != null && Thread.currentThread() == running.thread();
    }

    Timers.Timer after(long nanos, Runnable action) {
        return timers.add(nowNanos + Math.max(0, nanos), action);
    }

    SimThread start(Incarnation owner, String name, Runnable body) {
        SimThread thread = new SimThread(this, maker, owner, threadIds++, name, body);
        if (owner.alive()) {
            owner.threads().add(thread);
            thread.thread().start();
        }
        return thread;
    }

    Incarnation incarnate(String name) {
        Incarnation incarnation = new Incarnation(name);
        incarnations.add(incarnation);
        return incarnation;
    }

    /// The thread can run.
    void enqueue(SimThread thread) {
        Incarnation owner = thread.owner();
        if (!owner.alive()) {
            return;
        }
        if (owner.paused()) {
            owner.held().add(thread);
        } else {
            runnable.add(thread);
        }
    }

    void pause(Incarnation incarnation) {
        incarnation.pause();
        for (SimThread thread : runnable) {
            if (thread.owner() == incarnation) {
                incarnation.held().add(thread);
            }
        }
        runnable.removeIf(thread -> thread.owner() == incarnation);
    }

    void resume(Incarnation incarnation) {
        incarnation.resume();
        runnable.addAll(incarnation.held());
        incarnation.held().clear();
    }

    /// Ends all threads of a life where they stand. If the running thread is one of them, it ends at
    /// its next wait, and must go there straight.
    void kill(Incarnation incarnation) {
        incarnation.die();
        incarnations.remove(incarnation);
        runnable.removeIf(thread -> thread.owner() == incarnation);
        incarnation.held().clear();
        for (SimThread thread : incarnation.threads()) {
            if (thread != current) {
                thread.abandon(maker);
            }
        }
        incarnation.threads().clear();
    }

    /// Runs until `until` holds (true), or until `deadlineNanos` came or nothing is left that could
    /// ever happen (false).
    boolean run(BooleanSupplier until, long deadlineNanos) {
        if (Thread.currentThread() != runner) {
            throw new IllegalStateException("a world is run by the thread that made it");
        }
        while (true) {
            fireDue();
            throwIfFailed();
            if (until.getAsBoolean()) {
                return true;
            }
            if (nowNanos >= deadlineNanos) {
                return false;
            }
            if (!runnable.isEmpty()) {
                step();
            } else {
                long next = timers.nextNanos();
                if (next == Long.MAX_VALUE && deadlineNanos == Long.MAX_VALUE) {
                    return false;
                }
                nowNanos = Math.max(nowNanos, Math.min(next, deadlineNanos));
            }
        }
    }

    /// Fails the run: the thread that runs it throws before the next step. The first reason counts.
    /// May be called by any thread.
    void fail(String reason, @Nullable Throwable cause) {
        if (failure == null) {
            failure = new Failure(reason, cause);
        }
    }

    /// The reason with what one needs to find it: the seed, the last events, the stacks.
    String describe(String reason) {
        StringBuilder text = new StringBuilder();
        text.append(reason)
                .append("\nseed ")
                .append(seed)
                .append(" at ")
                .append(nowNanos)
                .append(" ns, step ")
                .append(steps)
                .append('\n');
        trace.tail().forEach(line -> text.append("  ").append(line).append('\n'));
        int shown = 0;
        for (Incarnation incarnation : List.copyOf(incarnations)) {
            for (SimThread thread : List.copyOf(incarnation.threads())) {
                if (shown++ < STACKS_SHOWN_MAX) {
                    describeStack(thread, text);
                }
            }
        }
        return text.toString();
    }

    private void fireDue() {
        Runnable action = timers.takeDue(nowNanos);
        while (action != null) {
            action.run();
            action = timers.takeDue(nowNanos);
        }
    }

    private void throwIfFailed() {
        Failure failed = failure;
        if (failed != null) {
            String reason =
                    failed.cause == null ? failed.reason : failed.reason + ": " + failed.cause;
            throw new AssertionError(describe(reason), failed.cause);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the runner alone
    private void step() {
        SimThread thread = takeRunnable();
        trace.add(Kind.STEP, nowNanos, thread.name(), thread.id(), runnable.size());
        steps++;
        current = thread;
        try {
            thread.runOnce();
        } finally {
            current = null;
        }
        nowNanos += STEP_NANOS;
        if (!thread.owner().alive()) {
            thread.abandon(maker);
        }
    }

    private SimThread takeRunnable() {
        int last = runnable.size() - 1;
        int chosen = last == 0 ? 0 : random.nextInt(last + 1);
        SimThread thread = runnable.get(chosen);
        runnable.set(chosen, runnable.get(last));
        runnable.remove(last);
        return thread;
    }

    private static void describeStack(SimThread thread, StringBuilder text) {
        text.append(thread.name()).append('\n');
        for (StackTraceElement frame : thread.thread().getStackTrace()) {
            text.append("    at ").append(frame).append('\n');
        }
    }
}
