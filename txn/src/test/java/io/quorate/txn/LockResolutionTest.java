package io.quorate.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Promise;
import io.quorate.region.api.RegionRequest;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TxnFaults;
import io.quorate.txn.model.ModelRegions.Fate;
import io.quorate.txn.model.ModelRegions.Faults;
import io.quorate.txn.model.TxnWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// A reader meets the locks of a commit that is under way: some request of it takes a second.
class LockResolutionTest {
    private static final List<String> KEYS = List.of("a1", "m1", "t1");
    private static final Map<String, String> BEFORE = Map.of("a1", "0", "m1", "0", "t1", "0");
    private static final Map<String, String> AFTER = Map.of("a1", "1", "m1", "1", "t1", "1");
    private static final ByteSlice PRIMARY = TxnWorld.key("a1");

    @Test
    void aTransactionWhosePrimaryIsNotPrewrittenYetIsLeftAlone() {
        assertCommitsBesideAReader(request ->
                request instanceof RegionRequest.Prewrite prewrite
                        && prewrite.mutations().getFirst().key().equals(PRIMARY));
    }

    @Test
    void aTransactionThatIsPushedCommitsAfterTheReader() {
        assertCommitsBesideAReader(request ->
                request instanceof RegionRequest.Commit commit && commit.keys().contains(PRIMARY));
    }

    @Test
    void aReaderSettlesWhatACommittedTransactionLeft() {
        try (TxnWorld cluster = new TxnWorld(1, List.of("m", "t"))) {
            Promise<Boolean> late = start(cluster, 3, BEFORE, _ -> false);
            assertThat(late.isDone()).isTrue();
            Promise<Boolean> committed =
                    start(
                            cluster,
                            4,
                            AFTER,
                            request ->
                                    request instanceof RegionRequest.Commit commit
                                            && !commit.keys().contains(PRIMARY));
            assertThat(committed.isDone()).isTrue();
            assertThat(cluster.read(2, KEYS)).isEqualTo(AFTER);
            assertThat(cluster.store().locks()).isEmpty();
        }
    }

    private static void assertCommitsBesideAReader(Predicate<RegionRequest> slow) {
        try (TxnWorld cluster = new TxnWorld(1, List.of("m", "t"))) {
            assertThat(start(cluster, 3, BEFORE, _ -> false).isDone()).isTrue();
            Promise<Boolean> committed = start(cluster, 4, AFTER, slow);
            assertThat(committed.isDone()).as("is still under way").isFalse();

            assertThat(cluster.read(2, KEYS)).isEqualTo(BEFORE);
            cluster.world().runFor(Duration.ofSeconds(5));
            assertThat(committed.peek()).as("the reader did no harm").isTrue();
            assertThat(cluster.read(2, KEYS)).isEqualTo(AFTER);
        }
    }

    /// Commits on a node of its own, whose `slow` requests take a second, and gives it 200 ms.
    private static Promise<Boolean> start(
            TxnWorld cluster, int node, Map<String, String> rows, Predicate<RegionRequest> slow) {
        Promise<Boolean> committed = new Promise<>();
        cluster.start(
                node,
                env ->
                        (Faults)
                                request -> {
                                    if (slow.test(request)) {
                                        env.tasks().sleepNanos(1_000_000_000);
                                    }
                                    return Fate.ANSWERED;
                                },
                TxnFaults.NONE);
        cluster.env(node)
                .tasks()
                .start(
                        "commit",
                        () -> {
                            Transaction transaction = cluster.node(node).begin(TxnWorld.OPTIMISTIC);
                            transaction.beginStatement();
                            rows.forEach((key, value) ->
                                    transaction.put(TxnWorld.key(key), TxnWorld.key(value)));
                            transaction.commit(Timestamp.MAX);
                            committed.complete(true);
                        });
        cluster.world().runFor(Duration.ofMillis(200));
        return committed;
    }
}
