package io.quorate.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sim.SimRandom;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager.Outcome;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.TxnFaults;
import io.quorate.txn.api.WaitPolicy;
import io.quorate.txn.model.ModelRegions.Fate;
import io.quorate.txn.model.ModelRegions.Faults;
import io.quorate.txn.model.TxnWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients on three nodes move money between accounts in three regions, each transfer noting itself in
/// a row of its own, while requests and answers get lost and nodes die. The total is exact in every
/// snapshot, and every client was told the truth about every transfer.
class BankTest {
    private static final int ACCOUNTS = 9;
    private static final int BALANCE = 100;
    private static final int CLIENTS = 6;
    private static final int TRANSFERS = 12;
    private static final List<TransactionOptions> KINDS =
            List.of(
                    TxnWorld.READ_COMMITTED,
                    TxnWorld.REPEATABLE_READ,
                    TxnWorld.OPTIMISTIC,
                    TxnWorld.AUTOCOMMIT);

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 40, 60, 80})
    void theTotalIsExactAndEveryClientWasToldTheTruth(int firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + 20; seed++) {
            try (Bank bank = new Bank(seed, TxnFaults.NONE)) {
                bank.run();
                bank.judge();
            }
        }
    }

    @Test
    void aLostSecondaryIsSeen() {
        assertThat(seen(new TxnFaults(false, true))).isTrue();
    }

    @Test
    void readingTheLatestIsSeen() {
        assertThat(seen(new TxnFaults(true, false))).isTrue();
    }

    /// Whether the auditor, who found nothing wrong in all the runs above, finds a wrong total.
    private static boolean seen(TxnFaults faults) {
        for (long seed = 0; seed < 20; seed++) {
            try (Bank bank = new Bank(seed, faults)) {
                bank.run();
                if (bank.totals.stream().anyMatch(total -> total != ACCOUNTS * BALANCE)) {
                    return true;
                }
            }
        }
        return false;
    }

    private enum Told {
        COMMITTED,
        ABORTED
    }

    private static final class Bank implements AutoCloseable {
        private final TxnWorld cluster;
        private final SimRandom random;
        private final TxnFaults faults;
        private final Map<String, Told> told = new TreeMap<>();
        private final List<Integer> totals = new ArrayList<>();
        private int finished;
        private boolean calm;

        Bank(long seed, TxnFaults faults) {
            this.cluster = new TxnWorld(seed, List.of("a3", "a6"));
            this.random = cluster.world().random("bank");
            this.faults = faults;
        }

        void run() {
            Map<String, String> accounts = new TreeMap<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts.put("a" + i, Integer.toString(BALANCE));
            }
            cluster.put(4, accounts);
            for (int node = 1; node <= 3; node++) {
                startNode(node);
            }
            cluster.world().after(Duration.ofMillis(random.nextInt(80)), () -> crash(2));
            cluster.world().after(Duration.ofMillis(200 + random.nextInt(500)), () -> crash(3));
            cluster.start(5, _ -> _ -> Fate.ANSWERED, faults);
            cluster.env(5).tasks().start("auditor", this::audit);
            cluster.world().runUntil(() -> finished >= CLIENTS, Duration.ofMinutes(3));
            calm = true;
            cluster.world().runFor(Duration.ofSeconds(30));
        }

        private void startNode(int node) {
            cluster.start(node, _ -> faulty(), faults);
            for (int client = 0; client < CLIENTS / 3; client++) {
                String name = "n" + node + "c" + client + "@" + cluster.world().nowNanos();
                cluster.env(node).tasks().start(name, () -> transferAll(node, name));
            }
        }

        private void crash(int node) {
            cluster.world()
                    .after(
                            Duration.ofMillis(1),
                            () -> {
                                cluster.world().machine(nodeId(node)).kill();
                                cluster.world().after(Duration.ofMillis(50), () -> startNode(node));
                            });
        }

        private static NodeId nodeId(int node) {
            return new NodeId(node);
        }

        private Faults faulty() {
            return _ -> {
                if (calm || random.nextInt(40) > 0) {
                    return Fate.ANSWERED;
                }
                return List.of(Fate.UNAVAILABLE, Fate.LOST, Fate.ANSWER_LOST, Fate.LATE)
                        .get(random.nextInt(4));
            };
        }

        private void transferAll(int node, String name) {
            for (int i = 0; i < TRANSFERS; i++) {
                String id = "z" + name + "." + i;
                told.put(id, transfer(node, id));
            }
            finished++;
        }

        private Told transfer(int node, String id) {
            int from = random.nextInt(ACCOUNTS);
            int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
            int amount = 1 + random.nextInt(10);
            Transaction transaction =
                    cluster.node(node).begin(KINDS.get(random.nextInt(KINDS.size())));
            try {
                if (random.nextInt(2) == 0) {
                    move(transaction, key("a" + from), key("a" + to), amount);
                } else {
                    add(transaction, key("a" + from), -amount);
                    add(transaction, key("a" + to), amount);
                    transaction.beginStatement();
                }
                transaction.put(key(id), key(Integer.toString(amount)));
                transaction.endStatement();
                transaction.commit(Timestamp.MAX);
                return Told.COMMITTED;
            } catch (QuorateException error) {
                transaction.rollback();
                return error.code() == ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN
                        ? ask(node, String.valueOf(error.detail()))
                        : Told.ABORTED;
            }
        }

        private static void move(
                Transaction transaction, ByteSlice from, ByteSlice to, int amount) {
            transaction.beginStatement();
            while (true) {
                try {
                    List<Transaction.LockedRow> rows =
                            transaction.lock(List.of(from, to), WaitPolicy.WAIT);
                    transaction.put(from, number(intOf(rows.get(0).value()) - amount));
                    transaction.put(to, number(intOf(rows.get(1).value()) + amount));
                    return;
                } catch (QuorateException error) {
                    if (error.code() != ErrorCode.NEWER_ROW) {
                        throw error;
                    }
                    transaction.restartStatement();
                }
            }
        }

        private static void add(Transaction transaction, ByteSlice account, int amount) {
            transaction.beginStatement();
            int balance = intOf(transaction.lockNewest(account));
            transaction.put(account, number(balance + amount));
            transaction.endStatement();
        }

        private Told ask(int node, String token) {
            while (true) {
                try {
                    Outcome outcome = cluster.node(node).outcome(token);
                    if (outcome != Outcome.IN_PROGRESS) {
                        return outcome == Outcome.COMMITTED ? Told.COMMITTED : Told.ABORTED;
                    }
                } catch (QuorateException unreachable) {
                    assertThat(unreachable.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
                }
                cluster.env(node).tasks().sleepNanos(500_000_000);
            }
        }

        private void audit() {
            while (!calm) {
                totals.add(total());
                cluster.env(5).tasks().sleepNanos(20_000_000);
            }
        }

        private int total() {
            Transaction transaction = cluster.node(5).begin(TxnWorld.REPEATABLE_READ);
            transaction.beginStatement();
            int sum = 0;
            for (int i = 0; i < ACCOUNTS; i++) {
                sum += intOf(transaction.get(key("a" + i)));
            }
            transaction.rollback();
            return sum;
        }

        void judge() {
            assertThat(totals).as(where()).isNotEmpty().containsOnly(ACCOUNTS * BALANCE);
            assertThat(cluster.on(5, this::total)).as(where()).isEqualTo(ACCOUNTS * BALANCE);
            assertThat(told).as(where()).containsValue(Told.COMMITTED);
            List<String> ids = new ArrayList<>(told.keySet());
            Map<String, String> recorded = cluster.read(5, ids);
            told.forEach((id, outcome) ->
                    assertThat(recorded.containsKey(id))
                            .as("%s was told %s, %s", id, outcome, where())
                            .isEqualTo(outcome == Told.COMMITTED));
        }

        private String where() {
            return "seed " + cluster.world().seed();
        }

        private static ByteSlice number(int value) {
            return key(Integer.toString(value));
        }

        private static int intOf(@Nullable ByteSlice value) {
            assertThat(value).as("an account always exists").isNotNull();
            return value == null ? 0 : Integer.parseInt(value.toUtf8());
        }

        private static ByteSlice key(String text) {
            return TxnWorld.key(text);
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
