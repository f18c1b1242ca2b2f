package io.quorate.tests.sim;

import io.quorate.common.env.Env;
import io.quorate.sim.SimRandom;
import io.quorate.sim.SimWorld;
import java.util.function.BooleanSupplier;

/// Does the same kind of thing again and again on a thread of a node, until told to stop or until the
/// node dies.
final class Worker {
    private final SimWorld world;
    private final Env env;
    private final String name;
    private final SimRandom random;
    private final long thinkNanosMax;
    private final BooleanSupplier work;
    private long succeededAt;
    private boolean stopping;
    private boolean stopped;

    /// `work` does it once and says whether that succeeded.
    Worker(SimWorld world, Env env, String name, long thinkNanosMax, BooleanSupplier work) {
        this.world = world;
        this.env = env;
        this.name = name;
        this.random = world.random("pace of " + name);
        this.thinkNanosMax = thinkNanosMax;
        this.work = work;
        env.tasks().start(name, this::run);
    }

    /// When it last succeeded, in nanoseconds of the world.
    long succeededAt() {
        return succeededAt;
    }

    void stop() {
        stopping = true;
    }

    /// It was told to stop and has done its last piece of work.
    boolean stopped() {
        return stopped;
    }

    /// Where it is and what it does.
    @Override
    public String toString() {
        return env.node() + " " + name;
    }

    private void run() {
        while (!stopping) {
            env.tasks().sleepNanos(random.between(1, thinkNanosMax));
            if (work.getAsBoolean()) {
                succeededAt = world.nowNanos();
            }
        }
        stopped = true;
    }
}
