package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.MachineEnv;
import io.quorate.common.env.Mailbox;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.Role;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Three stores in one process with one group, on real directories.
final class StoreCluster implements Closeable {
    static final GroupId GROUP = new GroupId(2);
    static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));
    static final RaftStoreConfig CONFIG =
            RaftStoreConfig.standard(7)
                    .withTicks(20, 10, 2)
                    .withSegments(64 << 10, 16 << 10)
                    .withLoops(2, 2);
    static final long PATIENCE_NANOS = 20_000_000_000L;

    final LoopbackNetwork network = new LoopbackNetwork();
    final Queue<String> halts = new ConcurrentLinkedQueue<>();
    private final Path directory;
    private final Mailbox<Role> roles = new Mailbox<>();
    private final ReentrantLock waitingForRoles = new ReentrantLock();
    private final TreeMap<NodeId, Node> nodes = new TreeMap<>();
    private final TreeMap<NodeId, ListMachine> kept = new TreeMap<>();
    private final boolean machinesKeepState;
    private RaftStoreConfig config = CONFIG;

    /// A running node.
    record Node(Env env, RaftStore store, RaftGroup group, ListMachine machine) {}

    /// With another configuration.
    StoreCluster(Path directory, boolean machinesKeepState, RaftStoreConfig config) {
        this(directory, machinesKeepState);
        this.config = config;
    }

    StoreCluster(Path directory, boolean machinesKeepState) {
        this.directory = directory;
        this.machinesKeepState = machinesKeepState;
    }

    StoreCluster startAll() {
        NODES.forEach(this::start);
        return this;
    }

    void start(NodeId id) {
        ListMachine machine =
                machinesKeepState
                        ? kept.computeIfAbsent(id, _ -> new ListMachine(roles, true))
                        : new ListMachine(roles, false);
        start(id, machine);
    }

    void start(NodeId id, ListMachine machine) {
        Env env =
                MachineEnv.of(
                        id,
                        directory.resolve(id.toString()),
                        network.port(id),
                        (node, reason, cause) -> halts.add(node + ": " + reason + ": " + cause));
        RaftStore store = new RaftStore(env, config);
        nodes.put(id, new Node(env, store, store.open(GROUP, NODES, machine), machine));
    }

    void stop(NodeId id) {
        Node node = nodes.remove(id);
        if (node != null) {
            node.store.close();
        }
    }

    Mailbox<Role> roles() {
        return roles;
    }

    Node node(NodeId id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new AssertionError(id + " is not running");
        }
        return node;
    }

    Iterable<Node> running() {
        return new ArrayList<>(nodes.values());
    }

    /// Waits for a node that may serve as leader, and that is not `except`.
    Node awaitLeaderOtherThan(List<NodeId> except) {
        List<Node> found = new ArrayList<>();
        await(
                "a leader",
                () -> {
                    for (Node node : nodes.values()) {
                        if (node.machine.leadingTerm() > 0 && !except.contains(node.env.node())) {
                            found.add(node);
                            return true;
                        }
                    }
                    return false;
                });
        return found.getFirst();
    }

    Node awaitLeader() {
        return awaitLeaderOtherThan(List.of());
    }

    /// Waits, woken by changes of roles and now and then, until the condition holds.
    void await(String what, BooleanSupplier condition) {
        Env env = nodes.firstEntry().getValue().env;
        long deadline = env.clock().nanos() + PATIENCE_NANOS;
        List<Role> changes = new ArrayList<>();
        while (!condition.getAsBoolean()) {
            if (env.clock().nanos() > deadline) {
                throw new AssertionError("waited in vain for " + what + ", halts: " + halts);
            }
            waitingForRoles.lock();
            try {
                roles.drain(env, changes, 100, 5_000_000L);
            } finally {
                waitingForRoles.unlock();
            }
        }
    }

    /// Proposes at whoever leads until it is applied. Fails if the fate of a try is not known.
    ProposeResult.Applied propose(String text) {
        while (true) {
            Node leader = awaitLeader();
            ProposeResult result =
                    leader.group
                            .propose(leader.machine.leadingTerm(), ByteSlice.utf8(text))
                            .await(leader.env, PATIENCE_NANOS);
            switch (result) {
                case null -> throw new AssertionError("no answer, halts: " + halts);
                case ProposeResult.Applied applied -> {
                    return applied;
                }
                case ProposeResult.Undetermined _ ->
                        throw new AssertionError("leadership was lost under way");
                case ProposeResult.NotLeader _, ProposeResult.Busy _ -> {
                    // The next one may know better.
                }
            }
        }
    }

    @Override
    public void close() {
        NODES.forEach(this::stop);
    }
}
