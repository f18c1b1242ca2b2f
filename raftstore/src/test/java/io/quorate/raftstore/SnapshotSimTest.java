package io.quorate.raftstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.raftstore.api.SnapshotConfig;
import io.quorate.sim.FaultKind;
import io.quorate.sim.FaultPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Stores in simulated worlds that keep so little of the log that whoever is away for a moment needs a
/// snapshot. `-Dsim.seed=N` runs one seed only, `-Dsim.seeds=N` that many.
class SnapshotSimTest {
    /// Snapshots of many chunks, at a rate that lets faults happen in between.
    private static final SnapshotConfig TIGHT =
            new SnapshotConfig(2 << 10, 1_000, 2 << 10, 64 << 10, 2, 20_000);

    /// Enough of the log is kept for a snapshot to arrive while clients write.
    private static final SnapshotConfig ROOMY =
            new SnapshotConfig(96 << 10, 2_000, 8 << 10, 1 << 20, 2, 20_000);

    private static final List<FaultKind> KINDS =
            List.of(
                    FaultKind.PARTITION,
                    FaultKind.KILL,
                    FaultKind.POWER_LOSS,
                    FaultKind.POWER_LOSS_EVERYWHERE,
                    FaultKind.BAD_NETWORK,
                    FaultKind.BROKEN_LINK,
                    FaultKind.SYNC_ERRORS,
                    FaultKind.PAUSE);

    @Test
    void whoeverTheLogDoesNotReachComesBackUnderAnyTrouble() {
        long only = Long.getLong("sim.seed", -1);
        long first = Math.max(only, 0);
        long end = only >= 0 ? only + 1 : Integer.getInteger("sim.seeds", 7);
        int installs = 0;
        for (long seed = first; seed < end; seed++) {
            try (SimulatedCluster cluster = new SimulatedCluster(seed, FaultSwitches.NONE, TIGHT)) {
                cluster.run(
                        new FaultPlan(
                                KINDS,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(5)));
                installs += cluster.installCount();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", repeat with -Dsim.seed=" + seed, e);
            }
        }
        assertThat(installs).as("snapshots installed").isGreaterThan(4);
    }

    /// The leader still believes what the lost replica acknowledged. It is taken out of the group, and
    /// comes back as somebody new.
    @Test
    void aStoreThatLostItsDiskComesBackAsSomebodyNew() {
        int lost = 0;
        for (long seed = 0; seed < 3; seed++) {
            try (SimulatedCluster cluster =
                    new SimulatedCluster(seed, FaultSwitches.NONE, ROOMY).withLostDisks()) {
                cluster.run(FaultPlan.quiet(Duration.ofSeconds(60)));
                lost += cluster.lostDiskCount();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(lost).as("disks lost").isGreaterThan(2);
    }

    /// A store that has nothing becomes a learner, gets a snapshot, becomes a voter in one step with
    /// the removal of another one, whose replica goes; and so on, all the time.
    @Test
    void membersReplaceEachOtherUnderAnyTrouble() {
        long only = Long.getLong("sim.seed", -1);
        long first = Math.max(only, 0);
        long end = only >= 0 ? only + 1 : Integer.getInteger("sim.seeds", 5);
        int replaced = 0;
        for (long seed = first; seed < end; seed++) {
            try (SimulatedCluster cluster =
                    new SimulatedCluster(seed, FaultSwitches.NONE, ROOMY).withChangingMembers()) {
                cluster.run(
                        new FaultPlan(
                                KINDS,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(3)));
                replaced += cluster.replacedCount();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", repeat with -Dsim.seed=" + seed, e);
            }
        }
        assertThat(replaced).as("members replaced").isGreaterThan(4);
    }
}
