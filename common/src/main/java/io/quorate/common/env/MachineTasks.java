package io.quorate.common.env;

import io.quorate.common.check.InvariantBroken;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Threads of the JVM.
public final class MachineTasks implements Tasks {
    private static final Logger log = LoggerFactory.getLogger(MachineTasks.class);

    private final Consumer<Throwable> halt;

    /// `halt` is told of a broken invariant that ended a thread.
    public MachineTasks(Consumer<Throwable> halt) {
        this.halt = halt;
    }

    @Override
    public Task start(String name, Runnable body) {
        return new JvmTask(Thread.ofVirtual().name(name).start(() -> run(name, body)));
    }

    @Override
    public Task startLoop(String name, Runnable body) {
        return new JvmTask(Thread.ofPlatform().daemon().name(name).start(() -> run(name, body)));
    }

    @Override
    public void parkNanos(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public void sleepNanos(long nanos) {
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void run(String name, Runnable body) {
        try {
            body.run();
        } catch (InvariantBroken broken) {
            halt.accept(broken);
        } catch (Throwable failure) {
            log.error("task failed name={}", name, failure);
        }
    }

    private record JvmTask(Thread thread) implements Task {
        @Override
        public void join() {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
