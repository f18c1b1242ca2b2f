package io.quorate.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.SnapshotConfig;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionFaults;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.testing.RegionCluster;
import io.quorate.sim.LinkQuality;
import io.quorate.tso.api.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Clients add to counters by one-phase commits while stores lose power, links break, leaders move and
/// regions split. In the end each counter holds exactly what was acknowledged, no read went back
/// behind an acknowledged addition, and every read finds the same again.
class RegionFaultsTest {
    private static final int CLIENTS = 4;
    private static final int ADDITIONS = 40;
    private static final long TIMEOUT_NANOS = 10_000_000_000L;
    private static final List<String> KEYS = List.of("b", "f", "k", "r");
    private static final List<String> BORDERS = List.of("d", "h", "m");

    /// Flushes often, so that restarts begin at different places of the log.
    private static final RegionStoreOptions OPTIONS =
            new RegionStoreOptions(2_000_000_000L, 1_500_000_000L, 4 << 10);

    @Test
    void countersHoldWhatWasAcknowledged() {
        for (long seed = 1; seed <= 12; seed++) {
            try (RegionCluster cluster = new RegionCluster(seed, OPTIONS, RegionFaults.NONE)) {
                new Run(cluster, seed).run();
            }
        }
    }

    /// Stores that keep next to nothing of their logs: whoever was away gets regions as snapshots, of
    /// a time before splits or after.
    @Test
    void countersHoldWhatWasAcknowledgedThoughTheLogsAreCutShort() {
        SnapshotConfig tight = new SnapshotConfig(300, 200, 100, 64 << 10, 4, 10_000);
        RegionStoreOptions flushingOften =
                new RegionStoreOptions(2_000_000_000L, 1_500_000_000L, 512);
        long received = 0;
        for (long seed = 21; seed <= 26; seed++) {
            try (RegionCluster cluster =
                    new RegionCluster(seed, flushingOften, RegionFaults.NONE, tight)) {
                new Run(cluster, seed).run();
                cluster.awaitSameEverywhere();
                received += cluster.counted("quorate_raftstore_snapshot_sent_bytes_total");
            }
        }
        assertThat(received).as("bytes of snapshots").isGreaterThan(2_000);
    }

    private record Read(ByteSlice key, Timestamp at) {}

    /// One seed.
    private static final class Run {
        private final RegionCluster cluster;
        private final long seed;
        private final Random chance;
        private final RegionClient client;
        private final TreeMap<ByteSlice, Integer> acknowledged = new TreeMap<>();
        private final List<Read> reads = new ArrayList<>();
        private final List<Integer> found = new ArrayList<>();
        private int clientsDone;
        private int splits;

        Run(RegionCluster cluster, long seed) {
            this.cluster = cluster;
            this.seed = seed;
            chance = new Random(seed);
            client = new RegionRouter(env(), null, () -> RegionCluster.NODES);
            KEYS.forEach(key -> acknowledged.put(ByteSlice.utf8(key), 0));
        }

        void run() {
            for (int i = 0; i < CLIENTS; i++) {
                env().tasks().start("client-" + i, this::addUp);
            }
            while (clientsDone < CLIENTS) {
                disturb();
                boolean goesOn =
                        cluster.world()
                                .runUntil(
                                        () -> clientsDone == CLIENTS,
                                        Duration.ofMillis(200 + chance.nextInt(800)));
                assertThat(goesOn || cluster.world().nowNanos() < 600_000_000_000L)
                        .as("clients finish, " + where())
                        .isTrue();
            }
            cluster.world().network().heal();
            cluster.world().network().quality(LinkQuality.GOOD);
            cluster.world().run(env(), this::checkEnd);
            assertThat(cluster.world().halts()).as(where()).isEmpty();
        }

        private void disturb() {
            NodeId node = RegionCluster.NODES.get(chance.nextInt(RegionCluster.NODES.size()));
            switch (chance.nextInt(6)) {
                case 0 -> {
                    cluster.awaitRunning(node);
                    cluster.losePower(node);
                    cluster.world().runFor(Duration.ofMillis(chance.nextInt(1_500)));
                    cluster.restart(node);
                    cluster.awaitRunning(node);
                }
                case 1 -> {
                    List<NodeId> others =
                            RegionCluster.NODES.stream().filter(n -> !n.equals(node)).toList();
                    cluster.world().network().partition(List.of(node), others);
                    cluster.world().runFor(Duration.ofMillis(chance.nextInt(2_500)));
                    cluster.world().network().heal();
                }
                case 2 -> cluster.world().network().quality(LinkQuality.BAD);
                case 3 -> cluster.world().network().quality(LinkQuality.GOOD);
                case 4 -> {
                    if (splits < BORDERS.size()) {
                        String border = BORDERS.get(splits++);
                        env().tasks().start("split", () -> split(border, 100 + splits));
                    }
                }
                default -> {
                    String key = KEYS.get(chance.nextInt(KEYS.size()));
                    env().tasks().start("transfer", () -> transfer(key, node));
                }
            }
        }

        private void split(String border, long newRegion) {
            client.send(
                    ByteSlice.utf8(border),
                    TIMEOUT_NANOS,
                    header ->
                            new RegionRequest.Split(
                                    header,
                                    List.of(ByteSlice.utf8(border)),
                                    List.of(new RegionId(newRegion))));
        }

        private void transfer(String key, NodeId target) {
            client.send(
                    ByteSlice.utf8(key),
                    1_000_000_000L,
                    header -> new RegionRequest.TransferLeader(header, target));
        }

        private void addUp() {
            for (int i = 0; i < ADDITIONS; i++) {
                ByteSlice key = ByteSlice.utf8(KEYS.get(env().random().nextInt(KEYS.size())));
                while (!addOne(key)) {
                    env().tasks().sleepNanos(env().random().nextInt(3_000_000));
                }
            }
            clientsDone++;
        }

        private boolean addOne(ByteSlice key) {
            int atLeast = acknowledged.getOrDefault(key, 0);
            Timestamp start = cluster.oracle().next();
            Integer value = read(key, start);
            if (value == null) {
                return false;
            }
            assertThat(value)
                    .as("counter %s, %s", key.toUtf8(), where())
                    .isGreaterThanOrEqualTo(atLeast);
            while (true) {
                switch (write(key, value + 1, start)) {
                    case SendResult.Answered answered -> {
                        KeyError error = answered.answer().error();
                        if (error == null) {
                            acknowledged.merge(key, value + 1, Math::max);
                            added.merge(key, 1, Integer::sum);
                            return true;
                        }
                        assertThat(error).isInstanceOf(KeyError.WriteConflict.class);
                        return false;
                    }
                    case SendResult.Regroup _ -> {
                        return false;
                    }
                    case SendResult.Unavailable _, SendResult.Unknown _ -> {
                        // It may have run: only asking again tells.
                    }
                }
            }
        }

        private final TreeMap<ByteSlice, Integer> added = new TreeMap<>();

        private SendResult write(ByteSlice key, int value, Timestamp start) {
            return client.send(
                    key,
                    TIMEOUT_NANOS,
                    header ->
                            new RegionRequest.Prewrite(
                                    header,
                                    List.of(
                                            new Mutation(
                                                    LockKind.PUT,
                                                    key,
                                                    ByteSlice.utf8(Integer.toString(value)),
                                                    false,
                                                    false,
                                                    start)),
                                    key,
                                    start,
                                    Timestamp.ZERO,
                                    3_000,
                                    true,
                                    Timestamp.MAX));
        }

        private @Nullable Integer read(ByteSlice key, Timestamp at) {
            SendResult result =
                    client.send(
                            key,
                            TIMEOUT_NANOS,
                            header -> new RegionRequest.Get(header, List.of(key), at, List.of()));
            if (!(result instanceof SendResult.Answered answered)) {
                return null;
            }
            RegionReply.Values values = (RegionReply.Values) answered.answer();
            assertThat(values.error()).isNull();
            ByteSlice value = values.values().getFirst();
            int number = value == null ? 0 : Integer.parseInt(value.toUtf8());
            reads.add(new Read(key, at));
            found.add(number);
            return number;
        }

        private void checkEnd() {
            for (String name : KEYS) {
                ByteSlice key = ByteSlice.utf8(name);
                assertThat(readSurely(key, cluster.oracle().next()))
                        .as("counter %s, %s", name, where())
                        .isEqualTo(added.getOrDefault(key, 0));
            }
            List<Read> old = List.copyOf(reads);
            for (int i = 0; i < old.size(); i++) {
                assertThat(readSurely(old.get(i).key(), old.get(i).at()))
                        .as("%s again, %s", old.get(i), where())
                        .isEqualTo(found.get(i));
            }
        }

        private Integer readSurely(ByteSlice key, Timestamp at) {
            for (int tries = 0; tries < 10; tries++) {
                Integer value = read(key, at);
                if (value != null) {
                    return value;
                }
            }
            throw new AssertionError("no answer for " + key.toUtf8() + ", " + where());
        }

        private Env env() {
            return cluster.world().env();
        }

        private String where() {
            return "seed " + seed;
        }
    }
}
