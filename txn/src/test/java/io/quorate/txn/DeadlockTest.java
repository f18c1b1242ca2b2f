package io.quorate.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.WaitPolicy;
import io.quorate.txn.model.TxnWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlockTest {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Each of n sessions, on three nodes, holds one key and asks for the next one's.
    @ParameterizedTest
    @CsvSource({"2, 1", "2, 2", "2, 3", "3, 1", "3, 2", "3, 3", "8, 1", "8, 2", "8, 3"})
    void exactlyOneOfACircleGivesWayAndItIsTheYoungest(int sessions, long seed) {
        try (TxnWorld cluster = new TxnWorld(seed, List.of("k3", "k6"))) {
            Map<Timestamp, String> ends = new TreeMap<>();
            for (int i = 0; i < sessions; i++) {
                int number = i;
                Env env = cluster.env(1 + i % 3);
                env.tasks().start("session", () -> ends.putAll(run(cluster, number, sessions)));
            }
            cluster.world().runUntil(() -> ends.size() == sessions, Duration.ofMillis(1_500));
            assertThat(ends).hasSize(sessions);
            List<Timestamp> victims =
                    ends.entrySet().stream()
                            .filter(end -> !end.getValue().equals("committed"))
                            .map(Map.Entry::getKey)
                            .toList();
            assertThat(victims).containsExactly(new TreeMap<>(ends).lastKey());
            assertThat(ends.get(victims.getFirst()))
                    .isEqualTo(ErrorCode.DEADLOCK_DETECTED.sqlState());
        }
    }

    private static Map<Timestamp, String> run(TxnWorld cluster, int number, int sessions) {
        int node = 1 + number % 3;
        Transaction transaction = cluster.node(node).begin(TxnWorld.READ_COMMITTED);
        transaction.beginStatement();
        String end;
        try {
            transaction.lock(List.of(key(number)), WaitPolicy.WAIT);
            cluster.env(node).tasks().sleepNanos(10 * NANOS_PER_MILLI);
            lockAgain(transaction, key((number + 1) % sessions));
            transaction.put(TxnWorld.key("done" + number), TxnWorld.key("yes"));
            transaction.commit(Timestamp.MAX);
            end = "committed";
        } catch (QuorateException error) {
            end = error.code().sqlState();
            transaction.rollback();
        }
        return Map.of(transaction.start(), end);
    }

    /// As a session does at READ COMMITTED: the holder's commit counts as a newer version.
    private static void lockAgain(Transaction transaction, ByteSlice key) {
        while (true) {
            try {
                transaction.lock(List.of(key), WaitPolicy.WAIT);
                return;
            } catch (QuorateException error) {
                if (error.code() != ErrorCode.NEWER_ROW) {
                    throw error;
                }
                transaction.restartStatement();
            }
        }
    }

    private static ByteSlice key(int number) {
        return TxnWorld.key("k" + number);
    }
}
