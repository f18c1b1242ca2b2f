package io.quorate.raftstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.FaultKind;
import io.quorate.sim.FaultPlan;
import io.quorate.sim.SimRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whole stores in simulated worlds. `-Dsim.seed=N` runs one seed only, `-Dsim.seeds=N` that many.
class RaftStoreSimTest {
    private static final Duration TROUBLE = Duration.ofSeconds(20);

    @Test
    void nothingAcknowledgedIsLostUnderAnyTrouble() {
        long only = Long.getLong("sim.seed", -1);
        long first = Math.max(only, 0);
        long end = only >= 0 ? only + 1 : Integer.getInteger("sim.seeds", 20);
        int acknowledged = 0;
        int reads = 0;
        for (long seed = first; seed < end; seed++) {
            try (SimulatedCluster cluster = new SimulatedCluster(seed, FaultSwitches.NONE)) {
                cluster.run(plan(seed));
                acknowledged += cluster.acknowledgedCount();
                reads += cluster.readCount();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", repeat with -Dsim.seed=" + seed, e);
            }
        }
        assertThat(acknowledged).as("the trouble leaves room for work").isGreaterThan(100);
        assertThat(reads).isGreaterThan(50);
    }

    @Test
    void aSeedRepeats() {
        assertThat(hashOf(3)).isEqualTo(hashOf(3)).isNotEqualTo(hashOf(4));
    }

    @Test
    void aLogThatIsNotSyncedIsFoundOut() {
        FaultPlan powerCuts =
                new FaultPlan(
                        List.of(FaultKind.POWER_LOSS_EVERYWHERE, FaultKind.POWER_LOSS),
                        TROUBLE,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(2));
        int found = 0;
        for (long seed = 0; seed < 5; seed++) {
            try (SimulatedCluster cluster = new SimulatedCluster(seed, new FaultSwitches(true))) {
                cluster.run(powerCuts);
            } catch (AssertionError expected) {
                found++;
            }
        }
        assertThat(found).as("seeds of 5 that notice").isGreaterThanOrEqualTo(4);
    }

    /// Every third seed has leaders that do not know that they were replaced: what catches a read
    /// that nobody confirmed.
    private static FaultPlan plan(long seed) {
        if (seed % 3 == 0) {
            return new FaultPlan(
                    List.of(FaultKind.PAUSE, FaultKind.PAUSE, FaultKind.PARTITION),
                    TROUBLE,
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8));
        }
        return FaultPlan.drawn(new SimRandom(seed), TROUBLE);
    }

    private static long hashOf(long seed) {
        try (SimulatedCluster cluster = new SimulatedCluster(seed, FaultSwitches.NONE)) {
            cluster.run(FaultPlan.drawn(new SimRandom(seed), Duration.ofSeconds(10)));
            return cluster.traceHash();
        }
    }
}
