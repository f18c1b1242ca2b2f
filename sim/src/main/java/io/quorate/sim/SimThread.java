package io.quorate.sim;

import io.quorate.common.env.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread of a simulated machine. It is the executor of its own virtual thread: whenever the JDK
/// finds that thread able to run, it hands the continuation to [#execute], and so the scheduler
/// learns which thread it is, what it is called and whose it is.
final class SimThread implements Executor, Tasks.Task {
    /// How long another JVM thread may hold a monitor that a simulated thread wants, in pauses of
    /// [#FOREIGN_PAUSE_NANOS] of real time, before the run fails: about ten seconds.
    private static final int FOREIGN_PAUSES_MAX = 200_000;

    private static final long FOREIGN_PAUSE_NANOS = 50_000;

    private final Scheduler scheduler;
    private final Incarnation owner;
    private final long id;
    private final Thread thread;
    private final List<Thread> joiners = new ArrayList<>(0);
    private @Nullable Runnable continuation;
    private boolean ended;

    /// Set by a thread outside the world that left a monitor this thread was waiting for.
    private volatile boolean unblocked;

    SimThread(
            Scheduler scheduler,
            VirtualThreads maker,
            Incarnation owner,
            long id,
            String name,
            Runnable body) {
        this.scheduler = scheduler;
        this.owner = owner;
        this.id = id;
        this.thread = maker.unstarted(owner.name() + "/" + name, this, body);
    }

    Incarnation owner() {
        return owner;
    }

    long id() {
        return id;
    }

    String name() {
        return thread.getName();
    }

    Thread thread() {
        return thread;
    }

    /// Called by the JDK when the thread can run: on the thread that woke it.
    @Override
    public void execute(Runnable runnable) {
        if (continuation == null) {
            continuation = runnable;
        } else if (continuation != runnable) {
            scheduler.fail(name() + " started a thread without asking Tasks", null);
            return;
        }
        if (scheduler.onWorldThread()) {
            scheduler.enqueue(this);
        } else if (scheduler.current() == this) {
            unblocked = true;
        } else {
            scheduler.fail(
                    name()
                            + " was woken by "
                            + Thread.currentThread().getName()
                            + ", which is not part of the world: a timed wait of the JDK, a common"
                            + " pool, or a park under a monitor",
                    null);
        }
    }

    /// Runs it until it waits or ends.
    void runOnce() {
        runContinuation();
        Thread.State state = thread.getState();
        while (state == Thread.State.BLOCKED || unblocked) {
            awaitMonitor();
            runContinuation();
            state = thread.getState();
        }
        if (state == Thread.State.TIMED_WAITING) {
            scheduler.fail(name() + " used a timed wait of the JDK; wait with Tasks", null);
        } else if (state == Thread.State.TERMINATED) {
            end();
        }
    }

    /// Ends it where it stands.
    void abandon(VirtualThreads maker) {
        if (!ended) {
            ended = true;
            maker.abandon(thread);
        }
    }

    @Override
    public void join() {
        while (!ended) {
            joiners.add(Thread.currentThread());
            LockSupport.park(this);
        }
    }

    private void runContinuation() {
        Runnable next = continuation;
        if (next == null) {
            throw new IllegalStateException(name() + " was not started");
        }
        next.run();
    }

    /// Waits, in real time, for the JVM-wide monitor another world or the JDK holds for a moment (a
    /// class being loaded, a table of the JDK). The wait is no step of the world, so it leaves no
    /// mark on the run.
    private void awaitMonitor() {
        for (int pauses = 0; !unblocked; pauses++) {
            if (pauses == FOREIGN_PAUSES_MAX) {
                throw new AssertionError(
                        scheduler.describe(
                                name()
                                        + " waits for a monitor whose owner does not run: a park"
                                        + " under a monitor"));
            }
            LockSupport.parkNanos(FOREIGN_PAUSE_NANOS);
        }
        unblocked = false;
    }

    private void end() {
        ended = true;
        owner.threads().remove(this);
        joiners.forEach(LockSupport::unpark);
    }
}
