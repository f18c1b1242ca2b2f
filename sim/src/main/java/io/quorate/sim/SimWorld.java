package io.quorate.sim;

import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A world made from one seed: machines, a network, one clock. See the package for how it runs.
///
/// The thread that makes a world also runs it and is not part of it: it prepares, runs, judges, and
/// may do between two runs whatever a fault may do at any moment. Worlds share nothing: several
/// threads may each run their own.
///
/// A run fails with an AssertionError that names the seed when a thread of the world ends with an
/// exception, waits in a way that the seed does not decide, or is woken from outside.
public final class SimWorld implements AutoCloseable {
    /// The node whose threads are the test's own: clients that need no machine, faults.
    private static final NodeId SELF = new NodeId(Integer.MAX_VALUE);

    private final long seed;
    private final SimRandom random;
    private final Trace trace = new Trace();
    private final Scheduler scheduler;
    private final SimNetwork network;
    private final Watchdog watchdog;
    private final Map<NodeId, SimMachine> machines = new TreeMap<>();
    private final List<Halt> halts = new ArrayList<>();

    /// A node stopped itself: whether rightly is the test's to say.
    public record Halt(NodeId node, long atNanos, String reason, Throwable cause) {}

    public SimWorld(long seed) {
        this.seed = seed;
        this.random = new SimRandom(seed);
        this.scheduler = new Scheduler(seed, random("scheduler"), trace);
        this.network =
                new SimNetwork(scheduler, trace, random("network"), random("codecs").chance(0.5));
        this.watchdog = new Watchdog(scheduler, seed);
        machine(SELF).start();
    }

    public long seed() {
        return seed;
    }

    /// A stream of chance for one purpose of the test.
    public SimRandom random(String purpose) {
        return random.fork(purpose);
    }

    /// Nanoseconds since the world began.
    public long nowNanos() {
        return scheduler.nowNanos();
    }

    /// How many times a thread was given its turn.
    public long steps() {
        return scheduler.steps();
    }

    /// Equal for two runs exactly if the same happened in both.
    public long traceHash() {
        return trace.hash();
    }

    /// The machine of that node, made when first asked for, and down until started.
    public SimMachine machine(NodeId node) {
        return machines.computeIfAbsent(node, id -> new SimMachine(this, id));
    }

    public SimNetwork network() {
        return network;
    }

    /// What the test's own threads inside the world use; never crashes.
    public Env env() {
        return machine(SELF).env();
    }

    /// The nodes that stopped themselves so far, in order.
    public List<Halt> halts() {
        return List.copyOf(halts);
    }

    /// Marks something of the test's own in the trace.
    public void note(String what, long first, long second) {
        trace.add(Trace.Kind.NOTE, nowNanos(), what, first, second);
    }

    /// Has `action` done on the running thread, between two steps, when that time has passed.
    public void after(Duration delay, Runnable action) {
        scheduler.after(delay.toNanos(), action);
    }

    /// Runs until `until` holds, asking before each step; false if `most` passed first.
    public boolean runUntil(BooleanSupplier until, Duration most) {
        watchdog.running(true);
        try {
            return scheduler.run(until, nowNanos() + most.toNanos());
        } finally {
            watchdog.running(false);
        }
    }

    /// Runs for that long.
    public void runFor(Duration time) {
        boolean stopped = runUntil(() -> false, time);
        if (stopped) {
            throw new AssertionError("a run without an end stopped before its time");
        }
    }

    /// Runs `body` on a thread of `env` and the world until the body returned. Fails after an hour of
    /// virtual time.
    public <T> T call(Env env, Supplier<T> body) {
        Promise<T> result = new Promise<>();
        env.tasks().start("call", () -> result.complete(body.get()));
        runUntil(result::isDone, Duration.ofHours(1));
        T value = result.peek();
        if (value == null) {
            throw new AssertionError(scheduler.describe("a call did not return within an hour"));
        }
        return value;
    }

    /// As [#call], for a body without a result.
    public void run(Env env, Runnable body) {
        call(
                env,
                () -> {
                    body.run();
                    return true;
                });
    }

    /// Ends everything that still runs.
    @Override
    public void close() {
        watchdog.close();
        for (SimMachine machine : machines.values()) {
            if (machine.up()) {
                machine.kill();
            }
        }
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Trace trace() {
        return trace;
    }

    void recordHalt(Halt halt) {
        halts.add(halt);
    }
}
