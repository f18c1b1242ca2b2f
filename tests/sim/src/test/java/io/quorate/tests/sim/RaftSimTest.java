package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.raftstore.FaultSwitches;
import io.quorate.raftstore.RaftStoreConfig;
import org.junit.jupiter.api.Test;

class RaftSimTest {
    @Test
    void registersAreLinearizableAndDurableUnderFaults() {
        new SeedRunner("RaftSimTest#registersAreLinearizableAndDurableUnderFaults", 40)
                .run(seed -> run(seed, RegisterRun.config()));
    }

    @Test
    void aRunRepeatsToTheByte() {
        new SeedRunner("RaftSimTest#aRunRepeatsToTheByte", 4)
                .run(
                        seed ->
                                assertThat(run(seed, RegisterRun.config()))
                                        .isEqualTo(run(seed, RegisterRun.config())));
    }

    @Test
    void acknowledgingWithoutASyncIsNoticed() {
        RaftStoreConfig faulty = RegisterRun.config().withFaults(new FaultSwitches(true));
        assertThatThrownBy(
                        () ->
                                new SeedRunner("RaftSimTest#acknowledgingWithoutASyncIsNoticed", 200)
                                        .run(seed -> run(seed, faulty)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dquorate.seed=");
    }

    private static RegisterRun.Outcome run(long seed, RaftStoreConfig config) {
        try (RegisterRun run = new RegisterRun(seed, config)) {
            return run.run();
        }
    }
}
