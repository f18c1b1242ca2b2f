package io.quorate.region.testing;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.RaftStore;
import io.quorate.raftstore.RaftStoreConfig;
import io.quorate.raftstore.api.SnapshotConfig;
import io.quorate.region.RegionRouter;
import io.quorate.region.RegionStore;
import io.quorate.region.RegionStoreOptions;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionFaults;
import io.quorate.region.api.RegionLocation;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.sim.SimWorld;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Region stores on three machines of a simulated world, over real Raft stores, with engines in memory
/// that survive crashes as the real one does. The oracle is a counter that never fails: its own faults
/// are tested elsewhere.
public final class RegionCluster implements AutoCloseable {
    public static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));

    private static final RaftStoreConfig RAFT =
            RaftStoreConfig.standard(7).withTicks(20, 10, 2).withSegments(1 << 20, 64 << 10);

    private final SimWorld world;
    private final RegionStoreOptions options;
    private final RegionFaults faults;
    private final RaftStoreConfig raft;
    private final TreeMap<NodeId, MemoryStorage> storages = new TreeMap<>();
    private final TreeMap<NodeId, Node> nodes = new TreeMap<>();
    private final CountingOracle oracle = new CountingOracle();

    /// What runs on a machine.
    public record Node(
            Env env,
            RaftStore rafts,
            StorageEngine engine,
            RegionStore store,
            RegionRouter router) {}

    public RegionCluster(long seed, RegionStoreOptions options, RegionFaults faults) {
        this(seed, options, faults, SnapshotConfig.STANDARD);
    }

    public RegionCluster(
            long seed, RegionStoreOptions options, RegionFaults faults, SnapshotConfig snapshots) {
        world = new SimWorld(seed);
        this.options = options;
        this.faults = faults;
        this.raft = RAFT.withSnapshots(snapshots);
        NODES.forEach(this::add);
    }

    /// Starts one more machine. Its store has no regions but those of which it is made a member.
    public void add(NodeId node) {
        storages.put(node, new MemoryStorage());
        world.machine(node).start(this::boot);
    }

    public RegionCluster(long seed) {
        this(seed, RegionStoreOptions.DEFAULT, RegionFaults.NONE);
    }

    public SimWorld world() {
        return world;
    }

    public CountingOracle oracle() {
        return oracle;
    }

    public Node node(NodeId id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new AssertionError(id + " is not running");
        }
        return node;
    }

    /// Takes the power of a machine away; what was not synced or flushed is gone.
    public void losePower(NodeId id) {
        nodes.remove(id);
        world.machine(id).losePower();
    }

    public void restart(NodeId id) {
        world.machine(id).restart();
    }

    /// Runs until the machine's stores are open.
    public void awaitRunning(NodeId id) {
        if (!world.runUntil(() -> nodes.containsKey(id), Duration.ofSeconds(60))) {
            throw new AssertionError(id + " does not start: " + world.halts());
        }
    }

    /// Runs until the region of the key has a leader that knows itself, and returns it.
    public NodeId awaitLeader(ByteSlice key) {
        NodeId[] found = new NodeId[1];
        boolean done =
                world.runUntil(
                        () -> {
                            found[0] = leaderOf(key);
                            return found[0] != null;
                        },
                        Duration.ofSeconds(60));
        if (!done || found[0] == null) {
            throw new AssertionError("no leader for key " + key.toUtf8() + ": " + world.halts());
        }
        return found[0];
    }

    /// Runs until these stores hold the same regions and the same data.
    public void awaitSame(List<NodeId> ids) {
        boolean same =
                world.runUntil(
                        () ->
                                ids.stream().allMatch(nodes::containsKey)
                                        && ids.stream()
                                                        .map(id -> content(node(id)))
                                                        .distinct()
                                                        .count()
                                                == 1,
                        Duration.ofSeconds(60));
        if (!same) {
            throw new AssertionError("stores differ, halts " + world.halts());
        }
    }

    /// Whether a store has no region and no data.
    public boolean isEmpty(NodeId id) {
        return content(node(id)).equals("[]");
    }

    /// Runs until all stores hold the same regions and the same data.
    public void awaitSameEverywhere() {
        boolean same =
                world.runUntil(
                        () -> {
                            List<String> contents = new ArrayList<>();
                            nodes.values().forEach(node -> contents.add(content(node)));
                            return contents.size() == NODES.size()
                                    && contents.stream().distinct().count() == 1;
                        },
                        Duration.ofMinutes(2));
        if (!same) {
            List<String> regions = new ArrayList<>();
            nodes.values().forEach(node -> regions.add(regions(node)));
            throw new AssertionError("stores differ: " + regions + ", halts " + world.halts());
        }
    }

    /// A counter, added up over the stores that run.
    public long counted(String metric) {
        long sum = 0;
        for (Node node : nodes.values()) {
            sum += node.env.metrics().snapshot().getOrDefault(metric, 0L);
        }
        return sum;
    }

    private static String regions(Node node) {
        return String.valueOf(
                node.store.locate(KeyRange.ALL).stream().map(RegionLocation::region).toList());
    }

    private static String content(Node node) {
        StringBuilder content = new StringBuilder(regions(node));
        try (EngineSnapshot snapshot = node.engine.snapshot()) {
            for (Family family : List.of(Family.DEFAULT, Family.LOCK, Family.WRITE)) {
                try (EngineSnapshot.Cursor cursor =
                        snapshot.cursor(family, ByteSlice.EMPTY, null)) {
                    for (cursor.seekToFirst(); cursor.valid(); cursor.next()) {
                        content.append(family).append(cursor.key()).append(cursor.value());
                    }
                }
            }
        }
        return content.toString();
    }

    private @Nullable NodeId leaderOf(ByteSlice key) {
        for (Node node : new ArrayList<>(nodes.values())) {
            for (RegionLocation location : node.store.locate(new KeyRange(key, key.successor()))) {
                if (node.env.node().equals(location.leader())) {
                    return location.leader();
                }
            }
        }
        return null;
    }

    private void boot(Env env) {
        MemoryStorage storage = storages.get(env.node());
        if (storage == null) {
            throw new AssertionError("no storage for " + env.node());
        }
        RaftStore rafts = new RaftStore(env, raft);
        StorageEngine engine = new MemoryEngine(storage);
        RegionStore store = new RegionStore(env, rafts, engine, oracle, options, faults);
        if (NODES.contains(env.node())) {
            store.bootstrap(NODES);
        }
        store.start();
        RegionRouter router = new RegionRouter(env, store, () -> NODES);
        nodes.put(env.node(), new Node(env, rafts, engine, store, router));
    }

    @Override
    public void close() {
        world.close();
    }

    /// Counts.
    public static final class CountingOracle implements TimestampOracle {
        private long last = Timestamp.of(1_000, 0).value();

        @Override
        public Timestamp next() {
            last += 2;
            return new Timestamp(last);
        }

        @Override
        public Timestamp lastSeen() {
            return new Timestamp(last);
        }

        /// Lets time pass for those who judge ages.
        public void advance(long millis) {
            last += Timestamp.of(millis, 0).value();
        }
    }
}
