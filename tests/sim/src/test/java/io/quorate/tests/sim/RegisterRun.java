package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.env.NodeId;
import io.quorate.raftstore.RaftStoreConfig;
import io.quorate.sim.FaultPlan;
import io.quorate.sim.Faults;
import io.quorate.sim.SimRandom;
import io.quorate.sim.SimWorld;
import io.quorate.sim.check.LinearizabilityChecker;
import io.quorate.sim.check.Operation;
import io.quorate.sim.check.RegisterAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One run of registers over one Raft group on three nodes, under faults drawn from the seed.
final class RegisterRun implements AutoCloseable {
    private static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));
    private static final Duration FAULTS_LAST = Duration.ofSeconds(30);
    private static final Duration FAULTS_END_WITHIN = Duration.ofMinutes(2);

    /// So soon after the last fault every client gets on.
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(10);

    private final SimWorld world;
    private final FaultPlan plan;
    private final AppliedJudge judge = new AppliedJudge();
    private final List<RegisterClient> clients = new ArrayList<>();
    private final Faults faults;

    /// What came of a run.
    record Outcome(long traceHash, long steps, int acknowledged, int faults) {}

    /// Prints what came of the runs of the given seeds, for another JVM to be compared with.
    public static void main(String[] seeds) {
        for (String seed : seeds) {
            System.out.println(run(Long.parseLong(seed), config()));
        }
    }

    static Outcome run(long seed, RaftStoreConfig config) {
        try (RegisterRun run = new RegisterRun(seed, config)) {
            return run.run();
        }
    }

    private RegisterRun(long seed, RaftStoreConfig config) {
        world = new SimWorld(seed);
        SimRandom random = world.random("run");
        plan = FaultPlan.drawn(random, FAULTS_LAST);
        double flushProbability = random.chance(0.5) ? 0 : random.nextDouble();
        for (NodeId node : NODES) {
            RegisterMachine.Durable durable = new RegisterMachine.Durable(flushProbability);
            world.machine(node).start(new RegisterNode(NODES, config, durable, judge));
        }
        long thinkNanosMax = random.between(1_000_000, 300_000_000);
        for (int number = 1; number <= 4; number++) {
            RegisterClient client = new RegisterClient(world, NODES, number, thinkNanosMax);
            clients.add(client);
            world.env().tasks().start("client " + number, client::run);
        }
        faults = new Faults(world, NODES, plan);
    }

    /// The stores of these runs: elections soon, small log files.
    static RaftStoreConfig config() {
        return RaftStoreConfig.standard(7).withTicks(50, 10, 2).withSegments(64 << 10, 16 << 10);
    }

    /// Runs and judges: throws an AssertionError if a promise was broken.
    private Outcome run() {
        faults.start();
        assertThat(world.runUntil(faults::over, FAULTS_END_WITHIN)).as("the faults end").isTrue();
        long quietSince = world.nowNanos();
        boolean recovered =
                world.runUntil(
                        () -> clients.stream().allMatch(c -> c.succeededAt() > quietSince),
                        RECOVERY_MAX);
        assertThat(recovered).as("every client gets on after the faults: %s", plan).isTrue();
        long goal = judge.highestIndex();
        assertThat(world.runUntil(() -> judge.allApplied(NODES, goal), RECOVERY_MAX))
                .as("every replica catches up after the faults: %s", plan)
                .isTrue();
        HaltJudge.judge(world, plan);
        judgeAcknowledged();
        judgeOrder();
        return new Outcome(world.traceHash(), world.steps(), acknowledged().size(), faults.begun());
    }

    @Override
    public void close() {
        world.close();
    }

    private void judgeAcknowledged() {
        for (RegisterProtocol.Request change : acknowledged()) {
            assertThat(judge.wasApplied(change)).as("acknowledged: %s", change).isTrue();
        }
        assertThat(acknowledged()).as("something was done").isNotEmpty();
    }

    private void judgeOrder() {
        Map<Integer, List<Operation<RegisterAction>>> all = new TreeMap<>();
        for (RegisterClient client : clients) {
            client.history()
                    .forEach((key, operations) ->
                            all.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(operations));
        }
        SortedMap<Integer, String> violations =
                LinearizabilityChecker.checkEach(RegisterAction.MODEL, all);
        assertThat(violations).isEmpty();
    }

    private List<RegisterProtocol.Request> acknowledged() {
        List<RegisterProtocol.Request> all = new ArrayList<>();
        clients.forEach(client -> all.addAll(client.acknowledged()));
        return all;
    }
}
