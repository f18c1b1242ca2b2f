package io.quorate.raftstore;

import static io.quorate.raftstore.StoreCluster.NODES;
import static io.quorate.raftstore.StoreCluster.PATIENCE_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import io.quorate.common.env.Tasks;
import io.quorate.raftstore.StoreCluster.Node;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.raftstore.api.SnapshotConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three stores on real threads and files.
@Timeout(120)
class RaftStoreTest {
    @TempDir Path directory = Path.of("");

    private final List<StoreCluster> clusters = new ArrayList<>();

    @AfterEach
    void stopAll() {
        for (StoreCluster cluster : clusters) {
            cluster.close();
            assertThat(cluster.halts).isEmpty();
        }
    }

    @Test
    void allReplicasApplyWhatManyThreadsProposeOnceAndInOneOrder() {
        StoreCluster cluster = cluster(false).startAll();
        Queue<String> acknowledged = proposeFromManyThreads(cluster, 8, 125);
        assertThat(acknowledged).hasSize(1000);
        for (Node node : cluster.running()) {
            awaitApplied(node, 1000);
        }
        List<String> first = cluster.node(NODES.get(0)).machine().applied();
        assertThat(first).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(cluster.node(NODES.get(1)).machine().applied()).isEqualTo(first);
        assertThat(cluster.node(NODES.get(2)).machine().applied()).isEqualTo(first);
    }

    @Test
    void aProposalIsAnsweredWithItsResult() {
        StoreCluster cluster = cluster(false).startAll();
        assertThat(cluster.propose("x").result()).isEqualTo("result of x");
    }

    @Test
    void aStoreThatWasDownCatchesUp() {
        StoreCluster cluster = cluster(false).startAll();
        cluster.propose("before");
        NodeId down = otherThan(cluster.awaitLeader());
        cluster.stop(down);
        for (int i = 0; i < 200; i++) {
            cluster.propose("while it was down " + i);
        }
        cluster.start(down);
        awaitApplied(cluster.node(down), 201);
        assertThat(cluster.node(down).machine().applied())
                .isEqualTo(cluster.awaitLeader().machine().applied());
    }

    @Test
    void everythingAcknowledgedIsThereAfterAllStoresReopen() {
        StoreCluster cluster = cluster(false).startAll();
        Queue<String> acknowledged = proposeFromManyThreads(cluster, 4, 50);
        cluster.close();
        cluster.startAll();
        cluster.propose("after");
        for (Node node : cluster.running()) {
            awaitApplied(node, acknowledged.size() + 1);
            assertThat(node.machine().applied()).containsAll(acknowledged).endsWith("after");
        }
    }

    @Test
    void aLeaderThatStopsIsReplacedAndNothingAcknowledgedIsLost() {
        StoreCluster cluster = cluster(false).startAll();
        Queue<String> acknowledged = proposeFromManyThreads(cluster, 4, 25);
        NodeId old = cluster.awaitLeader().env().node();
        cluster.stop(old);
        assertThat(cluster.propose("under the new one").term()).isGreaterThan(1);
        assertThat(cluster.awaitLeader().machine().applied())
                .containsAll(acknowledged)
                .endsWith("under the new one");
    }

    @Test
    void leadershipGoesWhereItIsWished() {
        StoreCluster cluster = cluster(false).startAll();
        Node old = cluster.awaitLeader();
        NodeId target = otherThan(old);
        cluster.await(
                "the transfer",
                () -> {
                    if (cluster.node(target).machine().leadingTerm() > 0) {
                        return true;
                    }
                    old.group().transferLeadership(target);
                    return false;
                });
        cluster.propose("after");
        assertThat(cluster.node(target).group().status().leading()).isTrue();
    }

    @Test
    void aReadSeesWhatWasAcknowledgedBeforeIt() {
        StoreCluster cluster = cluster(false).startAll();
        for (int i = 0; i < 50; i++) {
            cluster.propose("v" + i);
            Node leader = cluster.awaitLeader();
            ReadResult read = leader.group().readIndex().await(leader.env(), PATIENCE_NANOS);
            if (read instanceof ReadResult.Ready) {
                assertThat(leader.machine().applied()).endsWith("v" + i);
            }
        }
    }

    @Test
    void aFollowerRefusesReadsAndProposalsAndNamesTheLeader() {
        StoreCluster cluster = cluster(false).startAll();
        cluster.propose("x");
        Node leader = cluster.awaitLeader();
        Node follower = cluster.node(otherThan(leader));
        awaitApplied(follower, 1);
        assertThat(follower.group().readIndex().await(follower.env(), PATIENCE_NANOS))
                .isEqualTo(new ReadResult.NotLeader(leader.env().node()));
        assertThat(
                        follower.group()
                                .propose(leader.machine().leadingTerm(), ByteSlice.utf8("y"))
                                .await(follower.env(), PATIENCE_NANOS))
                .isEqualTo(new ProposeResult.NotLeader(leader.env().node()));
    }

    @Test
    void aProposalForAnotherTermIsRefused() {
        StoreCluster cluster = cluster(false).startAll();
        Node leader = cluster.awaitLeader();
        assertThat(
                        leader.group()
                                .propose(leader.machine().leadingTerm() - 1, ByteSlice.utf8("y"))
                                .await(leader.env(), PATIENCE_NANOS))
                .isInstanceOf(ProposeResult.NotLeader.class);
    }

    @Test
    void aLeaderCutOffLeavesItsProposalsUndeterminedAndServesNoRead() {
        StoreCluster cluster = cluster(false).startAll();
        cluster.propose("before");
        Node old = cluster.awaitLeader();
        cluster.network.cutOff(old.env().node());
        Promise<ProposeResult> lost =
                old.group().propose(old.machine().leadingTerm(), ByteSlice.utf8("lost"));
        Promise<ReadResult> read = old.group().readIndex();
        assertThat(lost.await(old.env(), PATIENCE_NANOS))
                .isEqualTo(new ProposeResult.Undetermined());
        assertThat(read.await(old.env(), PATIENCE_NANOS)).isInstanceOf(ReadResult.NotLeader.class);
        Node next = cluster.awaitLeaderOtherThan(List.of(old.env().node()));
        assertThat(
                        next.group()
                                .propose(next.machine().leadingTerm(), ByteSlice.utf8("after"))
                                .await(next.env(), PATIENCE_NANOS))
                .isInstanceOf(ProposeResult.Applied.class);
        cluster.network.heal(old.env().node());
        awaitApplied(old, 2);
        assertThat(old.machine().applied()).containsExactly("before", "after");
    }

    @Test
    void aLogBehindItsStateRestartsWhereTheStateEnds() {
        StoreCluster cluster = cluster(true);
        for (NodeId node : NODES) {
            cluster.start(node, ListMachine.at(40, 3, cluster.roles()));
        }
        ProposeResult.Applied applied = cluster.propose("x");
        assertThat(applied.index()).isEqualTo(42);
        assertThat(applied.term()).isGreaterThan(3);
    }

    @Test
    void theLogIsPurgedOfWhatEveryVoterHoldsAndEveryStateKeeps() {
        StoreCluster cluster = cluster(true).startAll();
        String large = "x".repeat(8000);
        for (int i = 0; i < 100; i++) {
            cluster.propose(large + i);
        }
        cluster.await(
                "the log to shrink",
                () -> {
                    for (Node node : cluster.running()) {
                        Long bytes =
                                node.env().metrics().snapshot().get("quorate_raftstore_log_bytes");
                        if (bytes == null || bytes > 200_000) {
                            return false;
                        }
                    }
                    return true;
                });
        cluster.close();
        cluster.startAll();
        cluster.propose("after");
        for (Node node : cluster.running()) {
            awaitApplied(node, 101);
            assertThat(node.machine().applied()).hasSize(101).endsWith("after");
        }
    }

    @Test
    void aStoreThatIsAwayDoesNotKeepTheLogAndGetsTheStateItself() {
        SnapshotConfig tight = new SnapshotConfig(20_000, 300, 10_000, 64 << 20, 4, 20_000);
        StoreCluster cluster =
                new StoreCluster(directory, true, StoreCluster.CONFIG.withSnapshots(tight));
        clusters.add(cluster);
        cluster.startAll();
        cluster.propose("before");
        NodeId away = otherThan(cluster.awaitLeader());
        cluster.stop(away);
        String large = "x".repeat(8000);
        for (int i = 0; i < 100; i++) {
            cluster.propose(large + i);
        }
        cluster.await(
                "the logs to shrink",
                () -> {
                    for (Node node : cluster.running()) {
                        if (logBytes(node) > 200_000) {
                            return false;
                        }
                    }
                    return true;
                });
        cluster.start(away);
        awaitApplied(cluster.node(away), 101);
        cluster.propose("after");
        awaitApplied(cluster.node(away), 102);
        assertThat(cluster.node(away).machine().applied())
                .isEqualTo(cluster.awaitLeader().machine().applied());
    }

    private static long logBytes(Node node) {
        return node.env()
                .metrics()
                .snapshot()
                .getOrDefault("quorate_raftstore_log_bytes", Long.MAX_VALUE);
    }

    @Test
    void groupsOfAllShardsRunSideBySideAndShareSyncs() {
        StoreCluster cluster = cluster(false).startAll();
        cluster.awaitLeader();
        List<GroupOnThree> groups = new ArrayList<>();
        for (long id = 3; id < 43; id++) {
            groups.add(GroupOnThree.open(cluster, new GroupId(id)));
        }
        groups.forEach(group -> cluster.await("a leader", group::hasLeader));
        long before = syncs(cluster);
        List<Promise<ProposeResult>> promises = new ArrayList<>();
        for (GroupOnThree group : groups) {
            promises.add(group.propose("to " + group.id()));
        }
        for (Promise<ProposeResult> promise : promises) {
            assertThat(promise.await(cluster.awaitLeader().env(), PATIENCE_NANOS))
                    .isInstanceOf(ProposeResult.Applied.class);
        }
        assertThat(syncs(cluster) - before).isLessThan(groups.size() * 3L);
        for (GroupOnThree group : groups) {
            cluster.await(
                    "all replicas of " + group.id(),
                    () -> group.allApplied(List.of("to " + group.id())));
        }
    }

    @Test
    void whoeverWaitsIsAnsweredWhenTheStoreCloses() {
        StoreCluster cluster = cluster(false).startAll();
        Node leader = cluster.awaitLeader();
        cluster.network.cutOff(leader.env().node());
        Promise<ProposeResult> proposal =
                leader.group().propose(leader.machine().leadingTerm(), ByteSlice.utf8("x"));
        Promise<ReadResult> read = leader.group().readIndex();
        cluster.stop(leader.env().node());
        assertThat(proposal.isDone()).isTrue();
        assertThat(read.isDone()).isTrue();
        assertThat(leader.group().propose(1, ByteSlice.utf8("late")).isDone()).isTrue();
    }

    /// One more group on the three nodes, led by whoever.
    private record GroupOnThree(GroupId id, List<RaftGroup> replicas, List<ListMachine> machines) {
        static GroupOnThree open(StoreCluster cluster, GroupId id) {
            List<RaftGroup> replicas = new ArrayList<>();
            List<ListMachine> machines = new ArrayList<>();
            for (NodeId node : NODES) {
                ListMachine machine = new ListMachine(cluster.roles(), false);
                machines.add(machine);
                replicas.add(cluster.node(node).store().open(id, NODES, machine));
            }
            return new GroupOnThree(id, replicas, machines);
        }

        boolean hasLeader() {
            return machines.stream().anyMatch(machine -> machine.leadingTerm() > 0);
        }

        Promise<ProposeResult> propose(String text) {
            for (int place = 0; place < NODES.size(); place++) {
                long term = machines.get(place).leadingTerm();
                if (term > 0) {
                    return replicas.get(place).propose(term, ByteSlice.utf8(text));
                }
            }
            throw new AssertionError("nobody leads " + id);
        }

        boolean allApplied(List<String> values) {
            return machines.stream().allMatch(machine -> machine.applied().equals(values));
        }
    }

    private static long syncs(StoreCluster cluster) {
        long sum = 0;
        for (Node node : cluster.running()) {
            sum +=
                    node.env()
                            .metrics()
                            .snapshot()
                            .getOrDefault("quorate_raftstore_fsyncs_total", 0L);
        }
        return sum;
    }

    private StoreCluster cluster(boolean machinesKeepState) {
        StoreCluster cluster = new StoreCluster(directory, machinesKeepState);
        clusters.add(cluster);
        return cluster;
    }

    private static Queue<String> proposeFromManyThreads(
            StoreCluster cluster, int threads, int each) {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        List<Tasks.Task> tasks = new ArrayList<>();
        Node some = cluster.awaitLeader();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            tasks.add(
                    some.env()
                            .tasks()
                            .start(
                                    "client-" + number,
                                    () -> {
                                        for (int i = 0; i < each; i++) {
                                            String text = number + "-" + i;
                                            cluster.propose(text);
                                            acknowledged.add(text);
                                        }
                                    }));
        }
        tasks.forEach(Tasks.Task::join);
        return acknowledged;
    }

    private static void awaitApplied(Node node, int count) {
        assertThat(node.machine().whenApplied(count).await(node.env(), PATIENCE_NANOS))
                .as("entries applied at %s: %s", node.env().node(), node.group().status())
                .isNotNull();
    }

    private static NodeId otherThan(Node node) {
        return NODES.stream().filter(id -> !id.equals(node.env().node())).findFirst().orElseThrow();
    }
}
