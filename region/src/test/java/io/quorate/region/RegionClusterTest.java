package io.quorate.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionFaults;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.testing.RegionCluster;
import io.quorate.tso.api.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The regions of three stores, over real Raft stores in a simulated world.
class RegionClusterTest {
    private static final long TIMEOUT_NANOS = 20_000_000_000L;
    private static final NodeId ONE = new NodeId(1);

    @Test
    void valueIsReadOnEveryNodeAfterItWasCommitted() {
        try (RegionCluster cluster = new RegionCluster(1)) {
            put(cluster, ONE, "a", "1");
            for (NodeId node : RegionCluster.NODES) {
                assertThat(get(cluster, node, "a")).isEqualTo("1");
            }
        }
    }

    @Test
    void committedValuesSurviveTheLossOfPowerEverywhere() {
        try (RegionCluster cluster = new RegionCluster(2)) {
            put(cluster, ONE, "a", "1");
            cluster.world().runFor(Duration.ofSeconds(70));
            put(cluster, ONE, "b", "2");
            RegionCluster.NODES.forEach(cluster::losePower);
            RegionCluster.NODES.forEach(cluster::restart);
            assertThat(get(cluster, ONE, "a")).isEqualTo("1");
            assertThat(get(cluster, ONE, "b")).isEqualTo("2");
        }
    }

    @Test
    void requestFollowsTheLeader() {
        try (RegionCluster cluster = new RegionCluster(3)) {
            put(cluster, ONE, "a", "1");
            NodeId leader = cluster.awaitLeader(key("a"));
            NodeId other =
                    RegionCluster.NODES.stream().filter(n -> !n.equals(leader)).toList().getFirst();
            cluster.losePower(leader);
            assertThat(get(cluster, other, "a")).isEqualTo("1");
            put(cluster, other, "a", "2");
            cluster.restart(leader);
            cluster.world().runFor(Duration.ofSeconds(2));
            assertThat(get(cluster, leader, "a")).isEqualTo("2");
        }
    }

    @Test
    void minorityAnswersNothing() {
        try (RegionCluster cluster = new RegionCluster(4)) {
            put(cluster, ONE, "a", "1");
            NodeId leader = cluster.awaitLeader(key("a"));
            List<NodeId> others =
                    RegionCluster.NODES.stream().filter(n -> !n.equals(leader)).toList();
            cluster.world().network().partition(List.of(leader), others);
            Timestamp read = cluster.oracle().next();
            SendResult result =
                    send(
                            cluster,
                            leader,
                            "a",
                            header ->
                                    new RegionRequest.Get(
                                            header, List.of(key("a")), read, List.of()));
            assertThat(result).isNotInstanceOf(SendResult.Answered.class);
            assertThat(get(cluster, others.getFirst(), "a")).isEqualTo("1");
        }
    }

    @Test
    void splitRegionGoesOnServingBothSides() {
        try (RegionCluster cluster = new RegionCluster(5)) {
            put(cluster, ONE, "a", "1");
            put(cluster, ONE, "m", "2");
            RegionReply.Split split = split(cluster, ONE, "k", 100);
            assertThat(split.regions()).hasSize(2);
            assertThat(split.regions().getFirst().epoch().version()).isEqualTo(2);
            for (NodeId node : RegionCluster.NODES) {
                assertThat(get(cluster, node, "a")).isEqualTo("1");
                assertThat(get(cluster, node, "m")).isEqualTo("2");
            }
            put(cluster, ONE, "z", "3");
            put(cluster, ONE, "b", "4");
            assertThat(get(cluster, ONE, "z")).isEqualTo("3");
            assertThat(scan(cluster, new NodeId(2))).containsExactly("a=1", "b=4", "m=2", "z=3");
            assertThat(
                            call(
                                    cluster,
                                    ONE,
                                    () ->
                                            cluster.node(ONE)
                                                    .router()
                                                    .groupByRegion(
                                                            List.of(key("a"), key("b"), key("z")))))
                    .containsExactly(
                            Map.entry(key("a"), List.of(key("a"), key("b"))),
                            Map.entry(key("z"), List.of(key("z"))));
        }
    }

    @Test
    void splitSurvivesTheLossOfPowerBeforeAnyFlush() {
        try (RegionCluster cluster = new RegionCluster(6)) {
            put(cluster, ONE, "a", "1");
            split(cluster, ONE, "k", 100);
            put(cluster, ONE, "m", "2");
            RegionCluster.NODES.forEach(cluster::losePower);
            RegionCluster.NODES.forEach(cluster::restart);
            assertThat(get(cluster, ONE, "m")).isEqualTo("2");
            assertThat(get(cluster, ONE, "a")).isEqualTo("1");
        }
    }

    @Test
    void splitSurvivesTheLossOfPowerAfterAFlush() {
        try (RegionCluster cluster = new RegionCluster(7)) {
            put(cluster, ONE, "a", "1");
            split(cluster, ONE, "k", 100);
            put(cluster, ONE, "m", "2");
            cluster.world().runFor(Duration.ofSeconds(70));
            put(cluster, ONE, "m", "3");
            RegionCluster.NODES.forEach(cluster::losePower);
            RegionCluster.NODES.forEach(cluster::restart);
            assertThat(get(cluster, ONE, "m")).isEqualTo("3");
            split(cluster, ONE, "p", 101);
            put(cluster, ONE, "q", "4");
            assertThat(scan(cluster, ONE)).containsExactly("a=1", "m=3", "q=4");
        }
    }

    @Test
    void keysOfTwoRegionsInOneRequestAreToBeGroupedAgain() {
        try (RegionCluster cluster = new RegionCluster(8)) {
            put(cluster, ONE, "a", "1");
            split(cluster, ONE, "k", 100);
            Timestamp read = cluster.oracle().next();
            SendResult result =
                    send(
                            cluster,
                            ONE,
                            "a",
                            header ->
                                    new RegionRequest.Get(
                                            header, List.of(key("a"), key("m")), read, List.of()));
            assertThat(result).isInstanceOf(SendResult.Regroup.class);
        }
    }

    @Test
    void waiterGetsTheLockWhenItsHolderRollsBack() {
        try (RegionCluster cluster = new RegionCluster(9)) {
            Timestamp first = cluster.oracle().next();
            Timestamp second = cluster.oracle().next();
            assertThat(lock(cluster, ONE, "a", first, 0).error()).isNull();
            assertThat(lock(cluster, ONE, "a", second, 0).error())
                    .isInstanceOf(KeyError.Locked.class);
            assertThat(lock(cluster, ONE, "a", second, 50).error())
                    .isInstanceOf(KeyError.WaitTimeout.class);
            RegionReply[] waiting = new RegionReply[1];
            NodeId leader = cluster.awaitLeader(key("a"));
            cluster.node(leader)
                    .env()
                    .tasks()
                    .start(
                            "waiter",
                            () ->
                                    waiting[0] =
                                            answer(
                                                    cluster.node(leader)
                                                            .router()
                                                            .send(
                                                                    key("a"),
                                                                    TIMEOUT_NANOS,
                                                                    h ->
                                                                            lockRequest(
                                                                                    h, "a", second,
                                                                                    10_000))));
            cluster.world().runFor(Duration.ofMillis(200));
            assertThat(waiting[0]).isNull();
            send(
                    cluster,
                    ONE,
                    "a",
                    h -> new RegionRequest.PessimisticRollback(h, List.of(key("a")), first, first));
            assertThat(cluster.world().runUntil(() -> waiting[0] != null, Duration.ofMillis(500)))
                    .isTrue();
            assertThat(waiting[0]).isEqualTo(new RegionReply.Locked(null, List.of(), second));
        }
    }

    @Test
    void waiterIsSentAwayWhenItsRegionIsSplit() {
        try (RegionCluster cluster = new RegionCluster(10)) {
            Timestamp first = cluster.oracle().next();
            Timestamp second = cluster.oracle().next();
            lock(cluster, ONE, "m", first, 0);
            RegionReply[] waiting = new RegionReply[1];
            NodeId leader = cluster.awaitLeader(key("m"));
            cluster.node(leader)
                    .env()
                    .tasks()
                    .start(
                            "waiter",
                            () ->
                                    waiting[0] =
                                            answer(
                                                    cluster.node(leader)
                                                            .router()
                                                            .send(
                                                                    key("m"),
                                                                    TIMEOUT_NANOS,
                                                                    h ->
                                                                            lockRequest(
                                                                                    h, "m", second,
                                                                                    3_000))));
            cluster.world().runFor(Duration.ofMillis(200));
            split(cluster, ONE, "k", 100);
            send(
                    cluster,
                    ONE,
                    "m",
                    h -> new RegionRequest.PessimisticRollback(h, List.of(key("m")), first, first));
            assertThat(cluster.world().runUntil(() -> waiting[0] != null, Duration.ofSeconds(2)))
                    .isTrue();
            assertThat(waiting[0]).isEqualTo(new RegionReply.Locked(null, List.of(), second));
        }
    }

    @Test
    void repeatedOnePhaseCommitAnswersItsFirstCommit() {
        try (RegionCluster cluster = new RegionCluster(11)) {
            Timestamp start = cluster.oracle().next();
            RegionReply first = answer(send(cluster, ONE, "a", onePhase("a", "1", start)));
            put(cluster, ONE, "a", "2");
            RegionReply again =
                    answer(send(cluster, new NodeId(2), "a", onePhase("a", "1", start)));
            assertThat(again).isEqualTo(first);
            assertThat(get(cluster, ONE, "a")).isEqualTo("2");
        }
    }

    @Test
    void onePhaseCommitLiesAfterTheReadsOfEveryLeader() {
        for (long seed = 20; seed < 26; seed++) {
            try (RegionCluster cluster = new RegionCluster(seed)) {
                Timestamp start = cluster.oracle().next();
                Timestamp read = cluster.oracle().next();
                assertThat(getAt(cluster, ONE, "a", read)).isNull();
                NodeId leader = cluster.awaitLeader(key("a"));
                cluster.losePower(leader);
                NodeId other =
                        RegionCluster.NODES.stream()
                                .filter(n -> !n.equals(leader))
                                .toList()
                                .getFirst();
                RegionReply reply = answer(send(cluster, other, "a", onePhase("a", "1", start)));
                assertThat(reply)
                        .isInstanceOfSatisfying(
                                RegionReply.Prewritten.class,
                                done -> assertThat(done.committedAt()).isGreaterThan(read));
                assertThat(getAt(cluster, other, "a", read)).isNull();
            }
        }
    }

    @Test
    void skippedLockCheckShowsUncommittedState() {
        RegionFaults faults = new RegionFaults(true);
        try (RegionCluster cluster = new RegionCluster(12, RegionStoreOptions.DEFAULT, faults)) {
            Timestamp start = cluster.oracle().next();
            send(cluster, ONE, "a", h -> prewriteRequest(h, "a", "1", start, false));
            assertThat(get(cluster, ONE, "a")).isNull();
        }
    }

    private static void put(RegionCluster cluster, NodeId from, String key, String value) {
        Timestamp start = cluster.oracle().next();
        RegionReply reply = answer(send(cluster, from, key, onePhase(key, value, start)));
        assertThat(reply)
                .isInstanceOfSatisfying(
                        RegionReply.Prewritten.class,
                        done -> {
                            assertThat(done.error()).isNull();
                            assertThat(done.committedAt()).isNotNull();
                        });
    }

    private static @Nullable String get(RegionCluster cluster, NodeId from, String key) {
        return getAt(cluster, from, key, cluster.oracle().next());
    }

    private static @Nullable String getAt(
            RegionCluster cluster, NodeId from, String key, Timestamp read) {
        RegionReply reply =
                answer(
                        send(
                                cluster,
                                from,
                                key,
                                header ->
                                        new RegionRequest.Get(
                                                header, List.of(key(key)), read, List.of())));
        RegionReply.Values values = (RegionReply.Values) reply;
        assertThat(values.error()).isNull();
        ByteSlice value = values.values().getFirst();
        return value == null ? null : value.toUtf8();
    }

    private static List<String> scan(RegionCluster cluster, NodeId from) {
        Timestamp read = cluster.oracle().next();
        List<String> rows = new ArrayList<>();
        ByteSlice at = ByteSlice.EMPTY;
        while (at != null) {
            ByteSlice start = at;
            RegionReply.Rows page =
                    (RegionReply.Rows)
                            answer(
                                    call(
                                            cluster,
                                            from,
                                            () ->
                                                    cluster.node(from)
                                                            .router()
                                                            .send(
                                                                    start,
                                                                    TIMEOUT_NANOS,
                                                                    h ->
                                                                            new RegionRequest.Scan(
                                                                                    h,
                                                                                    new KeyRange(
                                                                                            start,
                                                                                            null),
                                                                                    false,
                                                                                    100,
                                                                                    1 << 20,
                                                                                    read,
                                                                                    List.of()))));
            page.rows().forEach(row -> rows.add(row.key().toUtf8() + "=" + row.value().toUtf8()));
            at = page.resumeAt();
        }
        return rows;
    }

    private static RegionReply.Split split(
            RegionCluster cluster, NodeId from, String at, long newRegion) {
        return (RegionReply.Split)
                answer(
                        send(
                                cluster,
                                from,
                                at,
                                header ->
                                        new RegionRequest.Split(
                                                header,
                                                List.of(key(at)),
                                                List.of(new RegionId(newRegion)))));
    }

    private static RegionReply.Locked lock(
            RegionCluster cluster, NodeId from, String key, Timestamp start, long waitMillis) {
        return (RegionReply.Locked)
                answer(send(cluster, from, key, h -> lockRequest(h, key, start, waitMillis)));
    }

    private static RegionRequest lockRequest(
            RegionHeader header, String key, Timestamp start, long waitMillis) {
        return new RegionRequest.PessimisticLock(
                header,
                List.of(key(key)),
                key(key),
                start,
                start,
                20_000,
                waitMillis,
                false,
                false,
                false);
    }

    private static Function<RegionHeader, RegionRequest> onePhase(
            String key, String value, Timestamp start) {
        return header -> prewriteRequest(header, key, value, start, true);
    }

    private static RegionRequest prewriteRequest(
            RegionHeader header, String key, String value, Timestamp start, boolean onePhase) {
        return new RegionRequest.Prewrite(
                header,
                List.of(
                        new Mutation(
                                LockKind.PUT,
                                key(key),
                                ByteSlice.utf8(value),
                                false,
                                false,
                                start)),
                key(key),
                start,
                Timestamp.ZERO,
                3_000,
                onePhase,
                Timestamp.MAX);
    }

    private static SendResult send(
            RegionCluster cluster,
            NodeId from,
            String key,
            Function<RegionHeader, RegionRequest> request) {
        return call(
                cluster,
                from,
                () -> cluster.node(from).router().send(key(key), TIMEOUT_NANOS, request));
    }

    private static <T> T call(RegionCluster cluster, NodeId from, Supplier<T> body) {
        cluster.awaitRunning(from);
        return cluster.world().call(cluster.node(from).env(), body);
    }

    private static RegionReply answer(SendResult result) {
        assertThat(result).isInstanceOf(SendResult.Answered.class);
        return ((SendResult.Answered) result).answer();
    }

    private static ByteSlice key(String text) {
        return ByteSlice.utf8(text);
    }
}
