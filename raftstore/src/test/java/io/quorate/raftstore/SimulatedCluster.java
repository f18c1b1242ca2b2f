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
    private static final GroupId GROUP = new GroupId(2);
    private static final int CLIENTS = 4;
    private static final long ANSWER_NANOS_MAX = 3_000_000_000L;

    private final SimWorld world;
    private final RaftStoreConfig config;
    private final TreeMap<Long, CommittedEntry> chosen = new TreeMap<>();
    private final TreeMap<NodeId, SimulatedState> states = new TreeMap<>();
    private final TreeMap<NodeId, Life> lives = new TreeMap<>();
    private final TreeMap<String, Long> acknowledged = new TreeMap<>();
    private final TreeSet<String> refused = new TreeSet<>();
    private long acknowledgedIndex;
    private int reads;
    private boolean clientsEnd;
    private int clientsRunning;

    private record Life(Env env, RaftGroup group, SimulatedState.Machine machine) {}

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
        for (NodeId node : NODES) {
            states.put(node, new SimulatedState(chosen));
            world.machine(node).start(this::start);
        }
    }

    /// Runs clients and trouble, then judges.
    void run(FaultPlan plan) {
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clientsRunning++;
            world.env().tasks().start("client-" + number, () -> runClient(number));
        }
        Faults faults = new Faults(world, NODES, plan);
        faults.start();
        assertThat(world.runUntil(faults::over, Duration.ofMinutes(10))).isTrue();
        int before = acknowledged.size();
        assertThat(world.runUntil(() -> acknowledged.size() > before, Duration.ofMinutes(1)))
                .as("serves again after the trouble")
                .isTrue();
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

    /// A counter of the stores that run, added up.
    long counted(String metric) {
        long sum = 0;
        for (Life life : lives.values()) {
            sum += life.env.metrics().snapshot().getOrDefault(metric, 0L);
        }
        return sum;
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
            lives.put(env.node(), new Life(env, store.open(GROUP, NODES, machine), machine));
        } catch (QuorateException e) {
            if (e.code() != ErrorCode.IO_ERROR) {
                throw e;
            }
            env.halt("the disk does not work", e);
        }
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
                life.group.transferLeadership(NODES.get(random.nextInt(NODES.size())));
            }
        }
        clientsRunning--;
    }

    private @Nullable Life someLeader(RandomSource random) {
        Life life = lives.get(NODES.get(random.nextInt(NODES.size())));
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
        for (NodeId node : NODES) {
            Life life = lives.get(node);
            if (life == null || life.machine.appliedIndex() < chosen.lastKey()) {
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
        for (NodeId node : NODES) {
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
