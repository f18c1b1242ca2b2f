package io.quorate.tests.sim;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.FaultSwitches;
import io.quorate.raftstore.RaftStore;
import io.quorate.raftstore.RaftStoreConfig;
import io.quorate.region.RegionRouter;
import io.quorate.region.RegionStore;
import io.quorate.region.RegionStoreOptions;
import io.quorate.region.api.RegionFaults;
import io.quorate.region.testing.MemoryEngine;
import io.quorate.region.testing.MemoryStorage;
import io.quorate.sim.SimRandom;
import io.quorate.sim.SimWorld;
import io.quorate.tso.TsoNode;
import io.quorate.txn.Transactions;
import io.quorate.txn.api.TxnFaults;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Three nodes of a simulated world, each of the shipped classes from the log up to transactions. The
/// engine is in memory and falls back to its last flush in a crash, as the real one does.
final class Cluster {
    static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));

    private static final long CLUSTER_ID = 7;
    private static final long REQUEST_TIMEOUT_NANOS = 5_000_000_000L;
    private static final long FLUSH_BYTES = 64 << 10;

    private final Switches switches;
    private final RegionStoreOptions regionOptions;
    private final Consumer<Node> clients;
    private final Map<NodeId, MemoryStorage> storages = new TreeMap<>();
    private final Map<NodeId, Node> nodes = new TreeMap<>();

    /// Rules switched off on purpose, to show that the judges notice.
    record Switches(FaultSwitches log, RegionFaults regions, TxnFaults transactions) {
        static final Switches NONE =
                new Switches(FaultSwitches.NONE, RegionFaults.NONE, TxnFaults.NONE);
    }

    /// One life of a node, as its clients use it.
    record Node(Env env, TsoNode tso, RegionRouter router, Transactions transactions) {
        NodeId id() {
            return env.node();
        }
    }

    /// Starts the nodes. `clients` is called in each life of each, once the node is open, and starts
    /// what uses it there.
    Cluster(SimWorld world, Switches switches, Consumer<Node> clients) {
        SimRandom random = world.random("cluster");
        this.switches = switches;
        this.clients = clients;
        this.regionOptions =
                new RegionStoreOptions(
                        REQUEST_TIMEOUT_NANOS,
                        random.between(100_000_000L, 10_000_000_000L),
                        FLUSH_BYTES);
        for (NodeId node : NODES) {
            MemoryStorage storage = new MemoryStorage();
            storages.put(node, storage);
            world.machine(node).start(env -> start(env, storage));
        }
    }

    /// Every node has opened at least once.
    boolean isOpen() {
        return nodes.size() == NODES.size();
    }

    /// The newest life of a node that has opened.
    Node node(NodeId id) {
        return Check.present(nodes.get(id), "a node that is used has opened");
    }

    private void start(Env env, MemoryStorage storage) {
        try {
            Node node = open(env, storage);
            clients.accept(node);
            nodes.put(env.node(), node);
        } catch (QuorateException e) {
            if (e.code() != ErrorCode.IO_ERROR) {
                throw e;
            }
            env.halt("the disk fails while the node opens", e);
        }
    }

    private Node open(Env env, MemoryStorage storage) {
        RaftStoreConfig config =
                RaftStoreConfig.standard(CLUSTER_ID)
                        .withTicks(50, 10, 2)
                        .withSegments(64 << 10, 16 << 10)
                        .withFaults(switches.log());
        RaftStore raft = new RaftStore(env, config);
        TsoNode tso = new TsoNode(env, (group, machine) -> raft.open(group, NODES, machine));
        RegionStore regions =
                new RegionStore(
                        env,
                        raft,
                        new MemoryEngine(storage),
                        tso.oracle(),
                        regionOptions,
                        switches.regions());
        regions.bootstrap(NODES);
        regions.start();
        RegionRouter router = new RegionRouter(env, regions, () -> NODES);
        Transactions transactions =
                new Transactions(env, tso.oracle(), router, tso::leader, switches.transactions());
        return new Node(env, tso, router, transactions);
    }
}
