package io.quorate.server.demo;

import io.quorate.server.demo.TransferLog.Fate;
import io.quorate.server.node.NodeFaults;
import io.quorate.server.node.PlantedFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One run of the bank demo.
public final class BankDemo {
    private static final int AUDITORS = 2;
    private static final long LOOK_MILLIS = 100;
    private static final long READY_SECONDS = 60;
    private static final long JOIN_SECONDS = 90;

    private final BankConfig config;
    private final String nodeMainClass;
    private final PrintWriter out;
    private final Bank bank;
    private final Tally tally = new Tally();
    private final TransferLog log = new TransferLog();
    private final Findings wrongTotals = new Findings();
    private final Findings unexpected = new Findings();
    private final Findings brokenThreads = new Findings();
    private final RunClock clock = new RunClock();

    /// @param nodeMainClass the class whose `node` command runs a node, for nodes that are killed
    public BankDemo(BankConfig config, String nodeMainClass, PrintWriter out) {
        this.config = config;
        this.nodeMainClass = nodeMainClass;
        this.out = out;
        bank = new Bank(config.accounts(), config.workers());
    }

    /// Starts what is to be started, runs, judges, and says whether the books balance.
    public boolean run() {
        Path given = config.data();
        if (given != null || config.url() != null) {
            return runOn(given == null ? Path.of("") : given);
        }
        Path temporary = temporaryDirectory();
        try {
            return runOn(temporary);
        } finally {
            delete(temporary);
        }
    }

    private boolean runOn(Path data) {
        try {
            return config.fault() == null ? runSound(data) : runBroken(data, config.fault());
        } catch (SQLException e) {
            throw new IllegalStateException("the demo cannot go on: " + e.getMessage(), e);
        }
    }

    private boolean runSound(Path data) throws SQLException {
        try (BankCluster cluster = openCluster(data, null)) {
            createBank(cluster);
            return serve(cluster);
        }
    }

    /// Sound nodes make the tables, then broken nodes take over their data: it is the transfers that
    /// are to be damaged, not the catalog.
    private boolean runBroken(Path data, PlantedFault fault) throws SQLException {
        try (BankCluster sound = openCluster(data, null)) {
            createBank(sound);
        }
        try (BankCluster broken = openCluster(data, fault)) {
            return serve(broken);
        }
    }

    /// Opens the cluster and waits until each node answers.
    private BankCluster openCluster(Path data, @Nullable PlantedFault fault) {
        BankCluster cluster = newCluster(data.toAbsolutePath(), fault);
        try {
            cluster.urls().forEach(url -> JdbcUrls.awaitRow(url, "SELECT 1", READY_SECONDS));
            return cluster;
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
    }

    private BankCluster newCluster(Path data, @Nullable PlantedFault fault) {
        if (config.url() != null) {
            return new OtherCluster(config.url());
        }
        if (config.killEverySeconds() > 0) {
            return new NodeProcesses(nodeMainClass, config.nodes(), data, fault);
        }
        NodeFaults faults = fault == null ? NodeFaults.NONE : fault.faults();
        return new EmbeddedNodes(config.nodes(), data, faults);
    }

    private void createBank(BankCluster cluster) throws SQLException {
        try (Connection connection = DriverManager.getConnection(cluster.urls().getFirst())) {
            bank.create(connection);
        }
    }

    private boolean serve(BankCluster cluster) {
        out.println("The bank opens on " + cluster.description() + ".");
        out.flush();
        List<Pools> pools = new ArrayList<>();
        int clients = config.workers() + AUDITORS;
        config.modes().forEach(mode -> pools.add(new Pools(cluster.urls(), mode, clients)));
        try {
            runThreads(cluster, pools);
            Verdict verdict = judge(cluster, pools.getFirst());
            verdict.print(out, tally, log);
            return verdict.holds();
        } finally {
            pools.forEach(Pools::close);
        }
    }

    private void runThreads(BankCluster cluster, List<Pools> pools) {
        List<Thread> threads = new ArrayList<>();
        for (int worker = 0; worker < config.workers(); worker++) {
            Pools ofItsMode = pools.get(worker % pools.size());
            threads.add(start("worker-" + worker, worker(worker, ofItsMode)));
        }
        Auditor shown = auditor(pools.getFirst());
        threads.add(start("auditor-0", shown));
        for (int auditor = 1; auditor < AUDITORS; auditor++) {
            threads.add(start("auditor-" + auditor, auditor(pools.getFirst())));
        }
        threads.add(start("live-line", new LiveLine(out, cluster.urls(), tally, shown, clock)));
        if (cluster instanceof NodeProcesses nodes && config.killEverySeconds() > 0) {
            KillSchedule kills =
                    new KillSchedule(nodes, config.killEverySeconds(), log, tally, clock);
            threads.add(start("kills", kills));
        }
        awaitEnd(cluster);
        clock.end();
        threads.forEach(this::join);
    }

    /// Until the time is up or a node ended by itself: what comes after that shows nothing more.
    private void awaitEnd(BankCluster cluster) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.seconds());
        while (System.nanoTime() < end && cluster.halts().isEmpty()) {
            if (clock.isOverWithin(LOOK_MILLIS)) {
                return;
            }
        }
    }

    private TransferWorker worker(int number, Pools pools) {
        return new TransferWorker(number, bank, pools, log, tally, unexpected, clock);
    }

    private Auditor auditor(Pools pools) {
        return new Auditor(bank, pools, tally, wrongTotals, unexpected, clock);
    }

    /// A thread that ends by an exception is part of the verdict: what it met cannot be.
    private Thread start(String name, Runnable body) {
        return Thread.ofPlatform()
                .name("bank-" + name)
                .daemon()
                .uncaughtExceptionHandler(
                        (thread, failure) -> brokenThreads.add(name + ": " + failure.getMessage()))
                .start(body);
    }

    private void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(JOIN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            brokenThreads.add(thread.getName() + " does not end");
        }
    }

    private void settleTheRest(Pools pools) {
        Settlement settlement = new Settlement(bank, pools, log);
        log.fates().entrySet().stream()
                .filter(entry -> entry.getValue() == Fate.UNKNOWN)
                .map(Map.Entry::getKey)
                .forEach(id -> settlement.settle(new Transfer(id, 0, 0, 0)));
    }

    /// Settles what is open, adds up once more through every node, then compares ledger and balances.
    /// After a node ended by itself there may be nobody left to ask.
    private Verdict judge(BankCluster cluster, Pools pools) {
        Verdict verdict = new Verdict();
        Findings halts = new Findings();
        cluster.halts().forEach(halts::add);
        Findings unreadable = new Findings();
        if (halts.count() == 0) {
            try {
                settleTheRest(pools);
                addUpThroughEach(cluster.urls());
                readTheBooks(cluster.urls().getFirst(), verdict);
            } catch (SQLException e) {
                unreadable.add(String.valueOf(e.getMessage()));
            }
        }
        Findings idle = new Findings();
        if (tally.transfers.sum() == 0 || tally.audits.sum() == 0) {
            idle.add("nothing was transferred or nothing was audited, so nothing is shown");
        }
        verdict.check("every total was " + bank.total(), wrongTotals);
        verdict.check("the books could be read at the end", unreadable);
        verdict.check("no node ended by itself", halts);
        verdict.check("work was done", idle);
        verdict.check("no statement failed for no good reason", unexpected);
        verdict.check("the demo's own threads ended well", brokenThreads);
        return verdict;
    }

    private void addUpThroughEach(List<String> urls) throws SQLException {
        for (String url : urls) {
            try (Connection connection = snapshot(url)) {
                long total = bank.audit(connection).sum();
                if (total != bank.total()) {
                    wrongTotals.add("at the end %d instead of %d".formatted(total, bank.total()));
                }
            }
        }
    }

    private void readTheBooks(String url, Verdict verdict) throws SQLException {
        try (Connection connection = snapshot(url)) {
            List<Transfer> ledger = bank.ledger(connection);
            verdict.checkLedger(log, ledger);
            verdict.checkBalances(bank.allBalances(connection), ledger, Bank.OPENING_BALANCE);
        }
    }

    private static Connection snapshot(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("quorate-bank");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
