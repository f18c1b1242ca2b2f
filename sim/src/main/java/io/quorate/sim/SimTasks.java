package io.quorate.sim;

import io.quorate.common.check.InvariantBroken;
import io.quorate.common.env.Tasks;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The threads of one life of a machine. An exception nobody caught fails the run: on a real machine
/// it would only be logged, but no code should count on that.
final class SimTasks implements Tasks {
    private final Scheduler scheduler;
    private final Incarnation owner;
    private final SimClock clock;
    private final Consumer<InvariantBroken> halt;

    SimTasks(
            Scheduler scheduler,
            Incarnation owner,
            SimClock clock,
            Consumer<InvariantBroken> halt) {
        this.scheduler = scheduler;
        this.owner = owner;
        this.clock = clock;
        this.halt = halt;
    }

    @Override
    public Task start(String name, Runnable body) {
        return scheduler.start(owner, name, () -> run(name, body));
    }

    @Override
    public Task startLoop(String name, Runnable body) {
        return start(name, body);
    }

    @Override
    public void parkNanos(long nanos) {
        requireSimThread();
        if (nanos <= 0) {
            return;
        }
        Thread waiting = Thread.currentThread();
        Timers.Timer timer =
                scheduler.after(clock.worldNanos(nanos), () -> LockSupport.unpark(waiting));
        LockSupport.park(this);
        timer.cancel();
    }

    @Override
    public void sleepNanos(long nanos) {
        long deadline = clock.nanos() + nanos;
        for (long left = nanos; left > 0; left = deadline - clock.nanos()) {
            parkNanos(left);
        }
    }

    private void requireSimThread() {
        if (!scheduler.onSimThread()) {
            throw new IllegalStateException(
                    "only a thread of the world can wait in it: start one with Tasks or call"
                            + " SimWorld.call");
        }
    }

    private void run(String name, Runnable body) {
        try {
            body.run();
        } catch (InvariantBroken broken) {
            halt.accept(broken);
        } catch (Throwable failure) {
            scheduler.fail("uncaught in " + owner + "/" + name, failure);
        }
    }
}
