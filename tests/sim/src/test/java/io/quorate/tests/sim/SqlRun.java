package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import io.quorate.sim.FaultPlan;
import io.quorate.sim.SimRandom;
import io.quorate.sim.SimWorld;
import io.quorate.sql.QuorateSql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The bank in SQL: sessions on every node of a cluster, under faults drawn from the seed.
final class SqlRun implements AutoCloseable {
    private static final Duration OPENING_MAX = Duration.ofSeconds(30);
    private static final Duration FAULTS_LAST = Duration.ofSeconds(6);

    private final SimWorld world;
    private final Cluster cluster;
    private final Workers workers;
    private final BankBook book = new BankBook();
    private final Map<NodeId, QuorateSql> engines = new TreeMap<>();
    private final long thinkNanosMax;
    private int lives;
    private boolean open;

    /// What came of a run.
    record Outcome(long traceHash, long steps, int committed, int audits, int faults) {}

    /// Prints what came of the runs of the given seeds, for another JVM to be compared with.
    public static void main(String[] seeds) {
        for (String seed : seeds) {
            System.out.println(run(Long.parseLong(seed)));
        }
    }

    static Outcome run(long seed) {
        try (SqlRun run = new SqlRun(seed)) {
            return run.run();
        }
    }

    private SqlRun(long seed) {
        world = new SimWorld(seed);
        SimRandom random = world.random("run");
        workers = new Workers(world, FaultPlan.drawn(random, FAULTS_LAST));
        thinkNanosMax = random.between(30_000_000, 300_000_000);
        cluster = new Cluster(world, Cluster.Switches.NONE, this::startEngine);
    }

    /// Runs and judges: throws an AssertionError if a promise was broken.
    private Outcome run() {
        assertThat(world.runUntil(cluster::isOpen, OPENING_MAX)).as("the nodes open").isTrue();
        Cluster.Node first = cluster.node(Cluster.NODES.getFirst());
        world.run(first.env(), () -> client(first, "opening").open());
        open = true;
        Cluster.NODES.forEach(id -> startWorkers(cluster.node(id)));
        int faults = workers.workThroughFaults();
        Cluster.Node last = cluster.node(Cluster.NODES.getLast());
        world.run(
                last.env(),
                () -> {
                    SqlBankClient closing = client(last, "closing");
                    book.judge(closing.ledger(), closing.balances());
                });
        assertThat(book.committed()).as("transfers that committed").isPositive();
        return new Outcome(
                world.traceHash(), world.steps(), book.committed(), book.audits(), faults);
    }

    @Override
    public void close() {
        world.close();
    }

    /// In each life of a node.
    private void startEngine(Cluster.Node node) {
        QuorateSql engine =
                new QuorateSql(
                        node.env(),
                        node.transactions(),
                        node.tso().oracle(),
                        node.tso().meta(),
                        node.router());
        engine.start();
        engines.put(node.id(), engine);
        if (open) {
            startWorkers(node);
        }
    }

    private void startWorkers(Cluster.Node node) {
        int life = ++lives;
        SqlBankClient client = client(node, life + "-a");
        SqlBankClient auditor = client(node, life + "-b");
        workers.started(
                node.id(),
                List.of(
                        new Worker(
                                world,
                                node.env(),
                                "transfers " + life,
                                thinkNanosMax,
                                client::transfer),
                        new Worker(
                                world,
                                node.env(),
                                "audits " + life,
                                thinkNanosMax,
                                auditor::audit)));
    }

    private SqlBankClient client(Cluster.Node node, String name) {
        QuorateSql engine =
                Check.present(engines.get(node.id()), "a node that is used has an engine");
        SqlConversation sql =
                new SqlConversation(
                        engine.open(QuorateSql.SUPERUSER, QuorateSql.DATABASE, Map.of()));
        return new SqlBankClient(sql, name, world.random("sql client " + name), book);
    }
}
