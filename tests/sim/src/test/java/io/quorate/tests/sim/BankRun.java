package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.FaultPlan;
import io.quorate.sim.SimRandom;
import io.quorate.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// One run of a bank on a cluster of three nodes, under faults drawn from the seed: clients on every
/// node move money, count it and use registers, and die with their node.
final class BankRun implements AutoCloseable {
    private static final Duration OPENING_MAX = Duration.ofSeconds(30);
    private static final Duration FAULTS_LAST = Duration.ofSeconds(6);

    private final SimWorld world;
    private final FaultPlan plan;
    private final Cluster cluster;
    private final BankBook book = new BankBook();
    private final RegisterHistory registers = new RegisterHistory();
    private final Workers workers;
    private final long thinkNanosMax;
    private int lives;
    private boolean open;

    /// What came of a run.
    record Outcome(long traceHash, long steps, int committed, int audits, int faults) {}

    /// Prints what came of the runs of the given seeds, for another JVM to be compared with.
    public static void main(String[] seeds) {
        for (String seed : seeds) {
            System.out.println(run(Long.parseLong(seed), Cluster.Switches.NONE));
        }
    }

    static Outcome run(long seed, Cluster.Switches switches) {
        try (BankRun run = new BankRun(seed, switches)) {
            return run.run();
        }
    }

    private BankRun(long seed, Cluster.Switches switches) {
        world = new SimWorld(seed);
        SimRandom random = world.random("run");
        plan = FaultPlan.drawn(random, FAULTS_LAST);
        workers = new Workers(world, plan);
        thinkNanosMax = random.between(30_000_000, 300_000_000);
        cluster = new Cluster(world, switches, this::startWorkers);
    }

    /// Runs and judges: throws an AssertionError if a promise was broken.
    private Outcome run() {
        openBank();
        int faults = workers.workThroughFaults();
        assertThat(book.committed()).as("transfers that committed").isPositive();
        assertThat(book.audits()).as("audits").isPositive();
        new BankClosing(world, cluster.node(Cluster.NODES.getLast())).judge(book);
        registers.judge();
        HaltJudge.judge(world, plan);
        return new Outcome(
                world.traceHash(), world.steps(), book.committed(), book.audits(), faults);
    }

    @Override
    public void close() {
        world.close();
    }

    private void openBank() {
        assertThat(world.runUntil(cluster::isOpen, OPENING_MAX)).as("the nodes open").isTrue();
        Cluster.Node first = cluster.node(Cluster.NODES.getFirst());
        world.run(first.env(), () -> new BankOpening(first).open());
        open = true;
        Cluster.NODES.forEach(id -> startWorkers(cluster.node(id)));
    }

    /// In each life of a node, once the bank is open.
    private void startWorkers(Cluster.Node node) {
        if (!open) {
            return;
        }
        int life = ++lives;
        List<Worker> started = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            String name = life + "-" + number;
            BankClient client = new BankClient(node, name, world.random("client " + name), book);
            started.add(worker(node, "transfers " + name, client::transfer));
        }
        String name = Integer.toString(life);
        BankClient auditor = new BankClient(node, name, world.random("auditor " + name), book);
        started.add(worker(node, "audits " + name, auditor::audit));
        TxnRegisterClient register =
                new TxnRegisterClient(
                        world, node, life, world.random("register client " + name), registers);
        started.add(worker(node, "registers " + name, register::operate));
        LeaderMover mover = new LeaderMover(node, world.random("mover " + name));
        started.add(
                new Worker(world, node.env(), "moves " + name, 20 * thinkNanosMax, mover::move));
        workers.started(node.id(), started);
    }

    private Worker worker(Cluster.Node node, String name, BooleanSupplier work) {
        return new Worker(world, node.env(), name, thinkNanosMax, work);
    }
}
