package io.quorate.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager.Outcome;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.TxnFaults;
import io.quorate.txn.api.WaitPolicy;
import io.quorate.txn.model.ModelRegions.Fate;
import io.quorate.txn.model.TxnWorld;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Requests and answers get lost, from any request on and for any number of them: what the session is
/// told is what came true.
class UnknownOutcomeTest {
    private static final List<String> KEYS = List.of("a1", "b1", "c1");
    private static final Map<String, String> BEFORE = Map.of("a1", "0", "b1", "0", "c1", "0");
    private static final Map<String, String> AFTER = Map.of("a1", "1", "b1", "1", "c1", "1");

    private enum Told {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    @Test
    void whatATwoPhaseCommitIsToldComesTrue() {
        Set<Told> told = tellAll(TxnWorld.OPTIMISTIC, List.of("b", "c"), 9);
        assertThat(told).containsExactlyInAnyOrder(Told.values());
    }

    @Test
    void whatAOnePhaseCommitIsToldComesTrue() {
        Set<Told> told = tellAll(TxnWorld.OPTIMISTIC, List.of(), 4);
        assertThat(told).containsExactlyInAnyOrder(Told.values());
    }

    @Test
    void whatAPessimisticCommitIsToldComesTrue() {
        Set<Told> told = tellAll(TxnWorld.READ_COMMITTED, List.of("b", "c"), 12);
        assertThat(told).containsExactlyInAnyOrder(Told.values());
    }

    private static Set<Told> tellAll(
            TransactionOptions options, List<String> borders, int requests) {
        Set<Told> all = EnumSet.noneOf(Told.class);
        List<Fate> fates = List.of(Fate.UNAVAILABLE, Fate.LOST, Fate.ANSWER_LOST, Fate.LATE);
        for (Fate fate : fates) {
            for (int from = 0; from < requests; from++) {
                for (int count : List.of(1, 2, 3, 1_000_000)) {
                    all.add(tell(options, borders, fate, from, count));
                }
            }
        }
        return all;
    }

    private static Told tell(
            TransactionOptions options, List<String> borders, Fate fate, int from, int count) {
        String where = count + " requests from " + from + " on are " + fate;
        try (TxnWorld cluster = new TxnWorld(from * 10L + count, borders)) {
            cluster.put(2, BEFORE);
            cluster.world().runFor(Duration.ofSeconds(1));
            int[] sent = {0};
            cluster.start(
                    1,
                    _ ->
                            _ -> {
                                int index = sent[0]++;
                                return index >= from && index - from < count ? fate : Fate.ANSWERED;
                            },
                    TxnFaults.NONE);
            Object result = cluster.on(1, () -> transfer(cluster, options));
            cluster.world().runFor(Duration.ofSeconds(40));
            Map<String, String> rows = cluster.read(2, KEYS);
            if (result instanceof Timestamp) {
                assertThat(rows).as(where).isEqualTo(AFTER);
                return Told.COMMITTED;
            }
            QuorateException error = (QuorateException) result;
            if (error.code() != ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN) {
                assertThat(rows).as(where + ": " + error.message()).isEqualTo(BEFORE);
                return Told.ABORTED;
            }
            String token = String.valueOf(error.detail());
            Outcome outcome = cluster.on(2, () -> cluster.node(2).outcome(token));
            assertThat(outcome).as(where).isNotEqualTo(Outcome.IN_PROGRESS);
            assertThat(rows).as(where).isEqualTo(outcome == Outcome.COMMITTED ? AFTER : BEFORE);
            return Told.UNKNOWN;
        }
    }

    private static Object transfer(TxnWorld cluster, TransactionOptions options) {
        Transaction transaction = cluster.node(1).begin(options);
        try {
            transaction.beginStatement();
            List<ByteSlice> keys = KEYS.stream().map(TxnWorld::key).toList();
            transaction.lock(keys, WaitPolicy.WAIT);
            keys.forEach(key -> transaction.put(key, TxnWorld.key("1")));
            return transaction.commit(Timestamp.MAX);
        } catch (QuorateException error) {
            transaction.rollback();
            return error;
        }
    }
}
