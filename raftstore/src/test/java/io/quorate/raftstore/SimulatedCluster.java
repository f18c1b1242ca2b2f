package io.quorate.raftstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.RandomSource;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.raftstore.api.SnapshotConfig;
import io.quorate.sim.FaultPlan;
import io.quorate.sim.Faults;
import io.quorate.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Three stores in a world made from a seed, clients that write and read, trouble by a plan, and a
/// judge. Clients reach a store directly; a crash leaves them without an answer.
///
/// Checked: all nodes apply the same entry at the same index, always; what was acknowledged is there
/// in the end, once, at the index that was said; what was refused is never there; a confirmed read
/// sees every write that was acknowledged before the read began; when the trouble is over, the
/// cluster serves again.
final class SimulatedCluster implements AutoCloseable {
    private static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));

    /// A store without a replica, until somebody makes it a member.
    private static final NodeId SPARE = new NodeId(4);

    private static final GroupId GROUP = new GroupId(2);
    private static final int CLIENTS = 4;
    private static final int LOST_DISKS_MAX = 4;
    private static final long ANSWER_NANOS_MAX = 3_000_000_000L;

    private final SimWorld world;
    private final RaftStoreConfig config;
    private final TreeMap<Long, CommittedEntry> chosen = new TreeMap<>();
    private final TreeMap<NodeId, SimulatedState> states = new TreeMap<>();
    private final TreeMap<NodeId, Life> lives = new TreeMap<>();
    private final TreeMap<String, Long> acknowledged = new TreeMap<>();
    private final TreeSet<String> refused = new TreeSet<>();
    private final List<NodeId> nodes = new ArrayList<>();
    private @Nullable MemberMover mover;
    private int lostDisks;
    private long acknowledgedIndex;
    private int reads;
    private boolean clientsEnd;
    private int clientsRunning;

    private record Life(RaftGroup group, SimulatedState.Machine machine) {}

    SimulatedCluster(long seed, FaultSwitches switches) {
        this(seed, switches, SnapshotConfig.STANDARD);
    }

    SimulatedCluster(long seed, FaultSwitches switches, SnapshotConfig snapshots) {
        this.world = new SimWorld(seed);
        this.config =
                RaftStoreConfig.standard(7)
                        .withSegments(16 << 10, 4 << 10)
                        .withSnapshots(snapshots)
                        .withFaults(switches);
        nodes.addAll(NODES);
        NODES.forEach(this::startFirst);
    }

    private void startFirst(NodeId node) {
        states.put(node, new SimulatedState(chosen));
        world.machine(node).start(this::start);
    }

    /// From the beginning, one member after the other is replaced by the store that is none.
    SimulatedCluster withChangingMembers() {
        nodes.add(SPARE);
        startFirst(SPARE);
        mover = new MemberMover(world, this::leadingGroup, nodes, true);
        mover.start();
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lives.forEach((node, life) ->
                text.append(node).append(": ").append(life.group.status()).append("; "));
        return text + ", halts " + world.halts();
    }

    /// Now and then a store comes back with a new disk, under its old name: it knows that it knows
    /// nothing. The next one only when the last one holds everything again.
    SimulatedCluster withLostDisks() {
        mover = new MemberMover(world, this::leadingGroup, nodes, false);
        mover.start();
        world.env().tasks().start("disk-loser", this::loseDisks);
        return this;
    }

    private void loseDisks() {
        RandomSource random = world.random("disk loser");
        while (!clientsEnd && lostDisks < LOST_DISKS_MAX) {
            world.env().tasks().sleepNanos(random.nextInt(1_000_000_000));
            NodeId node = nodes.get(random.nextInt(nodes.size()));
            if (leadingGroup() != null && allApplied(nodes) && world.machine(node).up()) {
                lostDisks++;
                world.machine(node).losePower();
                world.machine(node).disk().wipe();
                states.put(node, SimulatedState.lost(chosen));
                world.machine(node).restart();
            }
        }
    }

    int lostDiskCount() {
        return lostDisks;
    }

    /// How many members were replaced.
    int replacedCount() {
        return mover == null ? 0 : mover.replaced();
    }

    private @Nullable RaftGroup leadingGroup() {
        for (Life life : lives.values()) {
            if (life.group != null && life.machine.leadingTerm() > 0) {
                return life.group;
            }
        }
        return null;
    }

    /// Runs clients and trouble, then judges.
    void run(FaultPlan plan) {
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clientsRunning++;
            world.env().tasks().start("client-" + number, () -> runClient(number));
        }
        Faults faults = new Faults(world, nodes, plan);
        faults.start();
        assertThat(world.runUntil(faults::over, Duration.ofMinutes(10))).isTrue();
        int before = acknowledged.size();
        assertThat(world.runUntil(() -> acknowledged.size() > before, Duration.ofMinutes(1)))
                .as("serves again after the trouble: %s", this)
                .isTrue();
        if (mover != null) {
            mover.end();
            assertThat(world.runUntil(mover::isOver, Duration.ofMinutes(5)))
                    .as("the last replacement comes to its end: %s", mover)
                    .isTrue();
        }
        clientsEnd = true;
        assertThat(world.runUntil(() -> clientsRunning == 0, Duration.ofMinutes(1))).isTrue();
        assertThat(world.runUntil(this::allApplied, Duration.ofMinutes(1)))
                .as("all nodes catch up: %s", lives)
                .isTrue();
        judge();
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    int readCount() {
        return reads;
    }

    /// How many snapshots were installed.
    int installCount() {
        return states.values().stream().mapToInt(SimulatedState::installs).sum();
    }

    long traceHash() {
        return world.traceHash();
    }

    @Override
    public void close() {
        world.close();
    }

    /// The code of a node.
    private void start(Env env) {
        lives.remove(env.node());
        try {
            RaftStore store = new RaftStore(env, config);
            SimulatedState.Machine machine = state(env.node()).restart(env);
            boolean born = NODES.contains(env.node()) && !state(env.node()).isDestroyed();
            if (born || machine.appliedIndex() > 0) {
                lives.put(env.node(), new Life(store.open(GROUP, NODES, machine), machine));
                store.onUnknownGroup(_ -> join(env, store));
                return;
            }
            if (store.unfinished().contains(GROUP)) {
                join(env, store);
            }
            store.onUnknownGroup(_ -> join(env, store));
        } catch (QuorateException e) {
            if (e.code() != ErrorCode.IO_ERROR) {
                throw e;
            }
            env.halt("the disk does not work", e);
        }
    }

    private void join(Env env, RaftStore store) {
        SimulatedState.Machine machine = state(env.node()).restart(env);
        lives.put(env.node(), new Life(store.join(GROUP, machine), machine));
    }

    /// Who is a member in the end.
    private List<NodeId> members() {
        RaftGroup leading = leadingGroup();
        return leading == null ? NODES : leading.status().members().all();
    }

    private void runClient(int number) {
        RandomSource random = world.random("client " + number);
        for (int i = 0; !clientsEnd; i++) {
            world.env().tasks().sleepNanos(random.nextInt(20_000_000));
            @Nullable Life life = someLeader(random);
            if (life == null) {
                continue;
            }
            if (random.nextInt(3) == 0) {
                read(life);
            } else {
                write(life, number + "-" + i + "-" + "x".repeat(random.nextInt(300)));
            }
            if (random.nextInt(100) == 0) {
                life.group.transferLeadership(nodes.get(random.nextInt(nodes.size())));
            }
        }
        clientsRunning--;
    }

    private @Nullable Life someLeader(RandomSource random) {
        Life life = lives.get(nodes.get(random.nextInt(nodes.size())));
        return life != null && life.machine.leadingTerm() > 0 ? life : null;
    }

    private void write(Life life, String value) {
        ProposeResult result =
                life.group
                        .propose(life.machine.leadingTerm(), ByteSlice.utf8(value))
                        .await(world.env(), ANSWER_NANOS_MAX);
        switch (result) {
            case null -> {
                // No answer: it may yet be applied.
            }
            case ProposeResult.Applied applied -> {
                acknowledged.put(value, applied.index());
                acknowledgedIndex = Math.max(acknowledgedIndex, applied.index());
            }
            case ProposeResult.NotLeader _, ProposeResult.Busy _ -> refused.add(value);
            case ProposeResult.Undetermined _ -> {
                // It may yet be applied.
            }
        }
    }

    private void read(Life life) {
        long indexBefore = acknowledgedIndex;
        ReadResult result = life.group.readIndex().await(world.env(), ANSWER_NANOS_MAX);
        if (result instanceof ReadResult.Ready) {
            reads++;
            // Which entry has which index is the same everywhere, as every apply checks.
            if (life.machine.appliedIndex() < indexBefore) {
                throw new AssertionError(
                        "a read at %d missed the acknowledged write at %d"
                                .formatted(life.machine.appliedIndex(), indexBefore));
            }
        }
    }

    private boolean allApplied() {
        return allApplied(members()) && members().stream().allMatch(this::hasAll);
    }

    private boolean hasAll(NodeId node) {
        Life life = lives.get(node);
        return life != null && life.machine.appliedIndex() >= chosen.lastKey();
    }

    /// All of them hold the group, and lag by little.
    private boolean allApplied(List<NodeId> wanted) {
        for (NodeId node : wanted) {
            Life life = lives.get(node);
            if (life == null
                    || !members().contains(node)
                    || life.machine.appliedIndex() + 50 < chosen.lastKey()) {
                return false;
            }
        }
        return true;
    }

    private void judge() {
        List<String> values = new ArrayList<>();
        TreeMap<String, Long> indexes = new TreeMap<>();
        chosen.forEach((index, entry) -> {
            if (!entry.data().isEmpty()) {
                String value = entry.data().toUtf8();
                values.add(value);
                assertThat(indexes.put(value, index)).as("applied once").isNull();
            }
        });
        for (NodeId node : members()) {
            Life life = lives.get(node);
            assertThat(life).isNotNull();
            if (life != null) {
                assertThat(life.machine.values()).isEqualTo(values);
            }
        }
        acknowledged.forEach(
                (value, index) -> assertThat(indexes.get(value)).as(value).isEqualTo(index));
        assertThat(refused).doesNotContainAnyElementsOf(values);
        for (SimWorld.Halt halt : world.halts()) {
            assertThat(halt.reason())
                    .as("%s", halt.cause())
                    .containsAnyOf(
                            "the disk does not work", "nobody knows what is on the disk now");
        }
    }

    private SimulatedState state(NodeId node) {
        SimulatedState state = states.get(node);
        if (state == null) {
            throw new AssertionError("no node " + node);
        }
        return state;
    }
}
