package io.quorate.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.RegionRequest;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// K1 to K16 of transactions.md §5: the coordinator dies at every single request it sends, before it
/// arrives, after it ran, or so that it arrives long after the death. Whoever reads later finds
/// everything or nothing, and no lock is left on what was read.
class CoordinatorDeathTest {
    private static final List<String> KEYS = List.of("a1", "a2", "b1", "c1");
    private static final Map<String, String> BEFORE =
            Map.of("a1", "0", "a2", "0", "b1", "0", "c1", "0");
    private static final Map<String, String> AFTER =
            Map.of("a1", "1", "a2", "1", "b1", "1", "c1", "1");
    private static final Map<String, String> OVERWRITTEN =
            Map.of("a1", "2", "a2", "2", "b1", "2", "c1", "2");

    @Test
    void aPessimisticTransactionOverThreeRegionsEndsWholeWhereverItsCoordinatorDies() {
        assertWholeWherever(TxnWorld.READ_COMMITTED, List.of("b", "c"), 3);
    }

    @Test
    void anOptimisticTransactionOverThreeRegionsEndsWholeWhereverItsCoordinatorDies() {
        assertWholeWherever(TxnWorld.OPTIMISTIC, List.of("b", "c"), 3);
    }

    @Test
    void aOnePhaseTransactionEndsWholeWhereverItsCoordinatorDies() {
        assertWholeWherever(TxnWorld.OPTIMISTIC, List.of(), 3);
    }

    private static void assertWholeWherever(
            TransactionOptions options, List<String> borders, int seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            List<RegionRequest> all = requestsOf(seed, options, borders);
            assertThat(all).isNotEmpty();
            for (int at = 0; at < all.size(); at++) {
                for (Fate fate : List.of(Fate.LOST, Fate.ANSWER_LOST, Fate.LATE)) {
                    dieAt(seed, options, borders, at, fate);
                }
            }
        }
    }

    /// What an undisturbed coordinator sends, clean-up included.
    private static List<RegionRequest> requestsOf(
            long seed, TransactionOptions options, List<String> borders) {
        List<RegionRequest> sent = new ArrayList<>();
        try (TxnWorld cluster = new TxnWorld(seed, borders)) {
            cluster.put(2, BEFORE);
            cluster.world().runFor(Duration.ofSeconds(1));
            cluster.start(
                    1,
                    _ ->
                            request -> {
                                sent.add(request);
                                return Fate.ANSWERED;
                            },
                    TxnFaults.NONE);
            cluster.on(1, () -> transfer(cluster, options));
            cluster.world().runFor(Duration.ofSeconds(1));
            assertThat(cluster.store().locks()).isEmpty();
            assertThat(cluster.read(2, KEYS)).isEqualTo(AFTER);
        }
        return sent;
    }

    private static void dieAt(
            long seed, TransactionOptions options, List<String> borders, int at, Fate fate) {
        try (TxnWorld cluster = new TxnWorld(seed, borders)) {
            cluster.put(2, BEFORE);
            cluster.world().runFor(Duration.ofSeconds(1));
            Killer killer = new Killer(cluster, at, fate);
            cluster.start(1, killer::attach, TxnFaults.NONE);
            Env env = cluster.env(1);
            List<Timestamp> acknowledged = new ArrayList<>();
            env.tasks().start("session", () -> acknowledged.add(transfer(cluster, options)));
            // Longer than the first life of a lock, so that whoever comes may settle it.
            cluster.world().runFor(Duration.ofSeconds(8));
            assertThat(killer.killed).as("killed at request %s", at).isTrue();

            Map<String, String> rows = cluster.read(2, KEYS);
            String where = "seed " + seed + ", died at " + killer.last + " with " + fate;
            assertThat(rows).as(where).isIn(BEFORE, AFTER);
            if (!acknowledged.isEmpty()) {
                assertThat(rows).as("acknowledged, " + where).isEqualTo(AFTER);
            }
            if (killer.last instanceof RegionRequest.PessimisticLock
                    || killer.last instanceof RegionRequest.Get) {
                assertThat(rows).as(where).isEqualTo(BEFORE);
            }
            assertThat(cluster.store().commitsOf(killer.start).values().stream().distinct())
                    .as("one commit timestamp, " + where)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(
                            cluster.store().locks().stream()
                                    .filter(lock -> lock.kind() != LockKind.PESSIMISTIC))
                    .as("locks left, " + where)
                    .isEmpty();
            assertWritable(cluster, where);
            // Even what arrives half a minute late changes nothing any more.
            cluster.world().runFor(Duration.ofSeconds(30));
            assertThat(cluster.read(3, KEYS)).as(where).isEqualTo(OVERWRITTEN);
        }
    }

    /// Another transaction may lock and change every key, so nothing of the dead one is in the way.
    private static void assertWritable(TxnWorld cluster, String where) {
        cluster.on(
                2,
                () -> {
                    Transaction transaction = cluster.node(2).begin(TxnWorld.READ_COMMITTED);
                    transaction.beginStatement();
                    List<ByteSlice> keys = KEYS.stream().map(TxnWorld::key).toList();
                    transaction.lock(keys, WaitPolicy.WAIT);
                    keys.forEach(key -> transaction.put(key, TxnWorld.key("2")));
                    return transaction.commit(Timestamp.MAX);
                });
        assertThat(cluster.read(3, KEYS)).as(where).isEqualTo(OVERWRITTEN);
    }

    private static Timestamp transfer(TxnWorld cluster, TransactionOptions options) {
        Transaction transaction = cluster.node(1).begin(options);
        transaction.beginStatement();
        List<ByteSlice> keys = KEYS.stream().map(TxnWorld::key).toList();
        transaction.lock(keys, WaitPolicy.WAIT);
        keys.forEach(key -> transaction.put(key, TxnWorld.key("1")));
        return transaction.commit(Timestamp.MAX);
    }

    /// Ends the node when it sends its nth request.
    private static final class Killer {
        private final TxnWorld cluster;
        private final int at;
        private final Fate fate;
        private int sent;
        private boolean killed;
        private @Nullable RegionRequest last;
        private Timestamp start = Timestamp.ZERO;

        Killer(TxnWorld cluster, int at, Fate fate) {
            this.cluster = cluster;
            this.at = at;
            this.fate = fate;
        }

        Faults attach(Env env) {
            return request -> {
                if (request instanceof RegionRequest.Prewrite prewrite) {
                    start = prewrite.start();
                }
                return fateOf(request);
            };
        }

        private Fate fateOf(RegionRequest request) {
            if (sent++ != at) {
                return Fate.ANSWERED;
            }
            last = request;
            killed = true;
            run(request);
            cluster.kill(1);
            return Fate.LOST;
        }

        /// The dead node's request goes its own way.
        private void run(RegionRequest request) {
            switch (fate) {
                case ANSWER_LOST -> cluster.store().handle(request);
                case LATE ->
                        cluster.world()
                                .after(
                                        Duration.ofSeconds(20),
                                        () -> cluster.store().handle(request));
                case ANSWERED, UNAVAILABLE, LOST -> {}
            }
        }
    }
}
