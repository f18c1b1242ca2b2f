package io.quorate.tests.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/// Runs a test once per seed: `-Dquorate.seeds=1000` says how many, `-Dquorate.seed=42` chooses one.
/// Stops at the first seed that fails, and names the command that repeats it.
public final class SeedRunner {
    private static final int THREADS = 2;

    private final String test;
    private final int seedsByDefault;

    /// `test` is what `-Dtest` takes, `Class#method`.
    public SeedRunner(String test, int seedsByDefault) {
        this.test = test;
        this.seedsByDefault = seedsByDefault;
    }

    /// Calls `body` with each seed, from two threads; throws what the body threw.
    public void run(LongConsumer body) {
        Long only = Long.getLong("quorate.seed");
        if (only != null) {
            body.accept(only);
            return;
        }
        long count = Long.getLong("quorate.seeds", seedsByDefault);
        AtomicLong next = new AtomicLong();
        AtomicReference<AssertionError> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .name("seeds-" + i)
                            .start(() -> runSeeds(next, count, body, failure)));
        }
        threads.forEach(SeedRunner::join);
        AssertionError failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void runSeeds(
            AtomicLong next,
            long count,
            LongConsumer body,
            AtomicReference<AssertionError> failure) {
        for (long seed = next.getAndIncrement(); seed < count; seed = next.getAndIncrement()) {
            if (failure.get() != null) {
                return;
            }
            try {
                body.accept(seed);
            } catch (Throwable e) {
                failure.compareAndSet(null, new AssertionError(command(seed), e));
                return;
            }
        }
    }

    private String command(long seed) {
        return "seed "
                + seed
                + " failed; repeat it with\n  mvn -q -pl tests/sim -am verify -Dtest='"
                + test
                + "' -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.seed="
                + seed;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while seeds run", e);
        }
    }
}
