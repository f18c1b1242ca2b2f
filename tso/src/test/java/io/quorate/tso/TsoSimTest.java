package io.quorate.tso;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.RaftStore;
import io.quorate.raftstore.RaftStoreConfig;
import io.quorate.sim.LinkQuality;
import io.quorate.sim.SimRandom;
import io.quorate.sim.SimWorld;
import io.quorate.tso.api.ClusterMeta.OldLease;
import io.quorate.tso.api.ClusterMeta.SchemaLease;
import io.quorate.tso.api.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The oracle on three nodes over real Raft groups, in a simulated world.
class TsoSimTest {
    private static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));

    /// A timestamp, and when it was asked for and given.
    private record Given(long askedNanos, long givenNanos, Timestamp timestamp) {}

    /// Clients everywhere ask all the time, while leaders lose their power, nodes are cut off and wall
    /// clocks jump by up to an hour: every answer is greater than all answers given before the
    /// question was asked, and afterwards the oracle serves again.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyTimestampIsGreaterThanAllGivenBefore(long seed) {
        try (Cluster cluster = new Cluster(seed)) {
            List<Given> given = new ArrayList<>();
            for (NodeId node : NODES) {
                cluster.startClients(node, 3, given);
            }
            SimRandom random = cluster.world.random("faults");
            for (int round = 0; round < 8; round++) {
                cluster.world.runFor(Duration.ofMillis(500 + random.nextInt(1_500)));
                cluster.harm(random, given);
                cluster.world.runFor(Duration.ofMillis(200 + random.nextInt(2_000)));
                cluster.heal(given);
            }
            long before = given.size();
            cluster.world.runFor(Duration.ofSeconds(3));
            assertThat(given.size()).as("serves again within 3 s").isGreaterThan((int) before);
            assertOrdered(given);
            assertThat(cluster.world.halts()).isEmpty();
        }
    }

    @Test
    void idsAreUniqueOverNodesAndRestarts() {
        try (Cluster cluster = new Cluster(7)) {
            Set<Long> ids = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                NodeId node = NODES.get(i % 3);
                long first = cluster.on(node, tso -> tso.meta().allocateIds(10));
                for (long id = first; id < first + 10; id++) {
                    assertThat(ids.add(id)).as("id %s", id).isTrue();
                }
                if (i % 10 == 9) {
                    cluster.world.machine(node).losePower();
                    cluster.world.runFor(Duration.ofMillis(300));
                    cluster.world.machine(node).restart();
                    cluster.world.runFor(Duration.ofSeconds(1));
                }
            }
        }
    }

    @Test
    void aSchemaChangeGoesOnOnceEveryOldLeaseIsReleasedOrOver() {
        try (Cluster cluster = new Cluster(3)) {
            NodeId one = NODES.get(0);
            NodeId two = NODES.get(1);
            cluster.renew(one, 4);
            SchemaLease lease = cluster.renew(two, 4);
            assertThat(lease).isInstanceOf(SchemaLease.Granted.class);
            assertThat(cluster.raise(one, 5)).extracting(OldLease::node).containsExactly(one, two);
            assertThat(cluster.renew(two, 4)).isEqualTo(new SchemaLease.Refused(5));

            cluster.on(
                    one,
                    tso -> {
                        tso.meta().releaseSchemaLeasesBelow(5);
                        return true;
                    });
            assertThat(cluster.raise(one, 5)).extracting(OldLease::node).containsExactly(two);

            // The other node vanishes: its lease ends by the oracle's time, and not before.
            cluster.world.machine(two).kill();
            Timestamp until = ((SchemaLease.Granted) lease).until();
            while (!cluster.raise(one, 5).isEmpty()) {
                long seen = cluster.on(one, tso -> tso.oracle().lastSeen().value());
                assertThat(seen).isLessThanOrEqualTo(until.value());
                cluster.world.runFor(Duration.ofMillis(500));
            }
            assertThat(cluster.next(one)).isGreaterThan(until);
        }
    }

    @Test
    void aMinorityIsToldThatThereIsNoOracle() {
        try (Cluster cluster = new Cluster(5)) {
            cluster.next(NODES.get(0));
            cluster.world.network().partition(List.of(NODES.get(0)), NODES.subList(1, 3));
            boolean refused =
                    cluster.on(
                            NODES.get(0),
                            tso -> {
                                try {
                                    tso.oracle().next();
                                    return false;
                                } catch (QuorateException expected) {
                                    return expected.code().sqlState().equals("57P03");
                                }
                            });
            assertThat(refused).isTrue();
            Timestamp there = cluster.next(NODES.get(1));
            cluster.world.network().heal();
            cluster.world.runFor(Duration.ofSeconds(2));
            assertThat(cluster.next(NODES.get(0))).isGreaterThan(there);
        }
    }

    private static void assertOrdered(List<Given> given) {
        List<Given> byAsked = new ArrayList<>(given);
        byAsked.sort(Comparator.comparingLong(Given::askedNanos));
        List<Given> byGiven = new ArrayList<>(given);
        byGiven.sort(Comparator.comparingLong(Given::givenNanos));
        Set<Timestamp> unique = new HashSet<>();
        Timestamp newest = Timestamp.ZERO;
        int at = 0;
        for (Given one : byAsked) {
            while (at < byGiven.size() && byGiven.get(at).givenNanos() < one.askedNanos()) {
                newest = Timestamp.max(newest, byGiven.get(at).timestamp());
                at++;
            }
            assertThat(one.timestamp()).isGreaterThan(newest);
            assertThat(unique.add(one.timestamp())).isTrue();
        }
        assertThat(given).hasSizeGreaterThan(1_000);
    }

    private interface Question<T> {
        T ask(TsoNode tso);
    }

    private static final class Cluster implements AutoCloseable {
        final SimWorld world;
        private final Map<NodeId, TsoNode> running = new TreeMap<>();

        Cluster(long seed) {
            world = new SimWorld(seed);
            NODES.forEach(node -> world.machine(node).start(this::start));
            world.runFor(Duration.ofSeconds(1));
        }

        private void start(Env env) {
            RaftStore store =
                    new RaftStore(
                            env,
                            RaftStoreConfig.standard(1)
                                    .withTicks(20, 10, 2)
                                    .withSegments(1 << 20, 1 << 16));
            running.put(
                    env.node(),
                    new TsoNode(env, (group, machine) -> store.open(group, NODES, machine)));
        }

        <T> T on(NodeId node, Question<T> question) {
            return world.call(world.machine(node).env(), () -> question.ask(tso(node)));
        }

        private TsoNode tso(NodeId node) {
            TsoNode tso = running.get(node);
            if (tso == null) {
                throw new AssertionError(node + " does not run");
            }
            return tso;
        }

        List<OldLease> raise(NodeId node, long version) {
            return on(node, tso -> tso.meta().raiseMinimumSchemaVersion(version));
        }

        SchemaLease renew(NodeId node, long version) {
            return on(node, tso -> tso.meta().renewSchemaLease(version));
        }

        Timestamp next(NodeId node) {
            return on(node, tso -> tso.oracle().next());
        }

        void startClients(NodeId node, int count, List<Given> given) {
            for (int i = 0; i < count; i++) {
                Env env = world.machine(node).env();
                TsoNode tso = tso(node);
                env.tasks().start("client", () -> askForEver(env, tso, given));
            }
        }

        private void askForEver(Env env, TsoNode tso, List<Given> given) {
            while (true) {
                long asked = world.nowNanos();
                try {
                    Timestamp timestamp = tso.oracle().next();
                    given.add(new Given(asked, world.nowNanos(), timestamp));
                } catch (QuorateException noLeader) {
                    env.tasks().sleepNanos(1_000_000);
                }
                env.tasks().sleepNanos(env.random().nextInt(3_000_000));
            }
        }

        void harm(SimRandom random, List<Given> given) {
            NodeId leader = leader();
            NodeId victim = random.nextInt(2) == 0 ? leader : NODES.get(random.nextInt(3));
            world.machine(NODES.get(random.nextInt(3)))
                    .clock()
                    .jumpMillis(random.nextInt(7_200_000) - 3_600_000);
            switch (random.nextInt(5)) {
                case 0 -> world.machine(victim).losePower();
                case 1 -> world.machine(victim).kill();
                case 2 -> world.machine(victim).pause();
                case 3 ->
                        world.network()
                                .partition(
                                        List.of(victim),
                                        NODES.stream().filter(n -> !n.equals(victim)).toList());
                default -> world.network().quality(LinkQuality.BAD);
            }
            assertThat(given).isNotEmpty();
        }

        void heal(List<Given> given) {
            world.network().heal();
            world.network().quality(LinkQuality.GOOD);
            for (NodeId node : NODES) {
                if (!world.machine(node).up()) {
                    running.remove(node);
                    world.machine(node).restart();
                    world.runUntil(() -> running.containsKey(node), Duration.ofSeconds(1));
                    startClients(node, 3, given);
                } else if (world.machine(node).paused()) {
                    world.machine(node).resume();
                }
            }
        }

        private NodeId leader() {
            for (TsoNode tso : running.values()) {
                NodeId leader = tso.leader();
                if (leader != null) {
                    return leader;
                }
            }
            return NODES.get(0);
        }

        @Override
        public void close() {
            world.close();
        }
    }
}
