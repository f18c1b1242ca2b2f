package io.quorate.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.MemberChange;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.SnapshotConfig;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionFaults;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.testing.RegionCluster;
import io.quorate.tso.api.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A store was away until the logs of its regions were cut short, and comes back.
class RegionSnapshotTest {
    private static final long TIMEOUT_NANOS = 20_000_000_000L;

    /// Next to nothing of a log is kept, and a snapshot has dozens of chunks that take their time.
    private static final SnapshotConfig TIGHT =
            new SnapshotConfig(300, 200, 4 << 10, 256 << 10, 4, 20_000);

    private static final RegionStoreOptions FLUSHING_OFTEN =
            new RegionStoreOptions(5_000_000_000L, 1_500_000_000L, 512);

    private static final NodeId AWAY = new NodeId(3);

    @Test
    void aStoreThatMissedASplitGetsBothParts() {
        try (RegionCluster cluster = cluster(1)) {
            missSplit(cluster);
            cluster.restart(AWAY);
            cluster.awaitRunning(AWAY);
            cluster.awaitSameEverywhere();
            assertThat(cluster.node(AWAY).store().locate(KeyRange.ALL)).hasSize(2);
            assertThat(cluster.world().halts()).isEmpty();
        }
    }

    @Test
    void crashesWhileSnapshotsComeInLeaveTheSameInTheEnd() {
        for (long seed = 2; seed <= 7; seed++) {
            try (RegionCluster cluster = cluster(seed)) {
                Random chance = new Random(seed);
                missSplit(cluster);
                cluster.restart(AWAY);
                for (int crash = 0; crash < 12; crash++) {
                    cluster.world().runFor(Duration.ofMillis(chance.nextInt(900)));
                    cluster.losePower(AWAY);
                    cluster.restart(AWAY);
                }
                cluster.awaitSameEverywhere();
                assertThat(cluster.world().halts()).isEmpty();
            }
        }
    }

    @Test
    void aNewStoreTakesTheReplicaOfAnotherOneWhoseDataGoes() {
        NodeId fresh = new NodeId(4);
        for (long seed = 11; seed <= 13; seed++) {
            try (RegionCluster cluster = cluster(seed)) {
                cluster.awaitRunning(AWAY);
                Env env = cluster.world().env();
                RegionClient client = new RegionRouter(env, null, () -> RegionCluster.NODES);
                cluster.world().run(env, () -> write(cluster, client, "before", 30));
                cluster.add(fresh);
                cluster.awaitRunning(fresh);
                change(cluster, MemberChange.addLearner(fresh));
                cluster.world().runFor(Duration.ofMillis(100 * (seed - 10)));
                cluster.losePower(fresh);
                cluster.restart(fresh);
                cluster.awaitRunning(fresh);
                change(cluster, MemberChange.replace(AWAY, fresh));
                cluster.world().run(env, () -> write(cluster, client, "after", 30));
                assertThat(
                                cluster.world()
                                        .runUntil(
                                                () -> cluster.isEmpty(AWAY),
                                                Duration.ofSeconds(60)))
                        .as("the old replica goes")
                        .isTrue();
                List<NodeId> members = List.of(new NodeId(1), new NodeId(2), fresh);
                cluster.awaitSame(members);
                RegionDescriptor region =
                        cluster.node(fresh).store().locate(KeyRange.ALL).getFirst().region();
                assertThat(region.replicas()).isEqualTo(members);
                assertThat(region.epoch().confVersion()).isGreaterThan(2);
                assertThat(cluster.world().halts()).isEmpty();
            }
        }
    }

    /// Asks whoever leads until it is done.
    private static void change(RegionCluster cluster, MemberChange change) {
        for (int tries = 0; tries < 100; tries++) {
            NodeId leader = cluster.awaitLeader(ByteSlice.utf8("a"));
            ProposeResult result =
                    cluster.world()
                            .call(
                                    cluster.node(leader).env(),
                                    () ->
                                            cluster.node(leader)
                                                    .store()
                                                    .changeMembers(
                                                            RegionStore.FIRST_REGION, change));
            if (result instanceof ProposeResult.Applied) {
                return;
            }
            cluster.world().runFor(Duration.ofMillis(500));
        }
        throw new AssertionError(change + " never happened");
    }

    private static RegionCluster cluster(long seed) {
        return new RegionCluster(seed, FLUSHING_OFTEN, RegionFaults.NONE, TIGHT);
    }

    private static void missSplit(RegionCluster cluster) {
        Env env = cluster.world().env();
        RegionClient client = new RegionRouter(env, null, () -> RegionCluster.NODES);
        cluster.awaitRunning(AWAY);
        cluster.awaitLeader(ByteSlice.utf8("a"));
        cluster.world().run(env, () -> write(cluster, client, "before", 20));
        cluster.losePower(AWAY);
        cluster.world()
                .run(
                        env,
                        () -> {
                            assertThat(split(client)).isInstanceOf(SendResult.Answered.class);
                            write(cluster, client, "after", 60);
                        });
        // Time for what is applied to be flushed and the logs to be cut.
        cluster.world().runFor(Duration.ofSeconds(5));
    }

    private static SendResult split(RegionClient client) {
        return client.send(
                ByteSlice.utf8("m"),
                TIMEOUT_NANOS,
                header ->
                        new RegionRequest.Split(
                                header, List.of(ByteSlice.utf8("m")), List.of(new RegionId(101))));
    }

    private static void write(RegionCluster cluster, RegionClient client, String text, int count) {
        for (int i = 0; i < count; i++) {
            ByteSlice key = ByteSlice.utf8((i % 2 == 0 ? "c" : "x") + i);
            ByteSlice value = ByteSlice.utf8(text + "v".repeat(1_000));
            Timestamp start = cluster.oracle().next();
            SendResult result =
                    client.send(
                            key,
                            TIMEOUT_NANOS,
                            header ->
                                    new RegionRequest.Prewrite(
                                            header,
                                            List.of(
                                                    new Mutation(
                                                            LockKind.PUT,
                                                            key,
                                                            value,
                                                            false,
                                                            false,
                                                            start)),
                                            key,
                                            start,
                                            Timestamp.ZERO,
                                            3_000,
                                            true,
                                            Timestamp.MAX));
            assertThat(result).isInstanceOf(SendResult.Answered.class);
        }
    }
}
