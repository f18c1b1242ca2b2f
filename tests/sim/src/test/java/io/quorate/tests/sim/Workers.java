package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.env.NodeId;
import io.quorate.sim.FaultPlan;
import io.quorate.sim.Faults;
import io.quorate.sim.SimWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The workers of the newest life of each node, through the faults of a run and past them.
final class Workers {
    private static final Duration FAULTS_END_WITHIN = Duration.ofMinutes(1);

    /// So soon after the last fault every worker of every node gets on: a lock of a dead client holds
    /// for its time to live, and who waited for it waits no longer.
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(60);

    private static final Duration STOPPING_MAX = Duration.ofSeconds(60);

    private final SimWorld world;
    private final FaultPlan plan;
    private final Map<NodeId, List<Worker>> byNode = new TreeMap<>();

    Workers(SimWorld world, FaultPlan plan) {
        this.world = world;
        this.plan = plan;
    }

    /// Those of the node's newest life take the place of those that died.
    void started(NodeId node, List<Worker> workers) {
        byNode.put(node, workers);
    }

    /// Makes the faults while they work, awaits that each gets on, stops them. Returns how many faults
    /// there were.
    int workThroughFaults() {
        Faults faults = new Faults(world, Cluster.NODES, plan);
        faults.start();
        assertThat(world.runUntil(faults::over, FAULTS_END_WITHIN)).as("the faults end").isTrue();
        HaltJudge.judge(world, plan);
        recover();
        stop();
        return faults.begun();
    }

    private void recover() {
        long quietSince = world.nowNanos();
        boolean recovered =
                world.runUntil(
                        () -> all().stream().allMatch(w -> w.succeededAt() > quietSince),
                        RECOVERY_MAX);
        assertThat(recovered)
                .as(
                        "every client gets on after the faults: %s; stuck: %s",
                        plan, all().stream().filter(w -> w.succeededAt() <= quietSince).toList())
                .isTrue();
    }

    private void stop() {
        all().forEach(Worker::stop);
        boolean stopped =
                world.runUntil(() -> all().stream().allMatch(Worker::stopped), STOPPING_MAX);
        assertThat(stopped)
                .as("clients stop: %s", all().stream().filter(w -> !w.stopped()).toList())
                .isTrue();
    }

    private List<Worker> all() {
        return byNode.values().stream().flatMap(List::stream).toList();
    }
}
