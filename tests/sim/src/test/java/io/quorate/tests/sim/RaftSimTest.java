package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.raftstore.FaultSwitches;
import io.quorate.raftstore.RaftStoreConfig;
import io.quorate.sim.SecondJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaftSimTest {
    @Test
    void registersAreLinearizableAndDurableUnderFaults() {
        new SeedRunner("RaftSimTest#registersAreLinearizableAndDurableUnderFaults", 80)
                .run(seed -> RegisterRun.run(seed, RegisterRun.config()));
    }

    @Test
    void aRunRepeatsToTheByteInAnotherJvm() throws IOException {
        List<String> seeds = new ArrayList<>();
        List<String> here = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            seeds.add(Long.toString(seed));
            here.add(RegisterRun.run(seed, RegisterRun.config()).toString());
        }
        assertThat(SecondJvm.run(RegisterRun.class, seeds)).isEqualTo(here);
    }

    @Test
    void acknowledgingWithoutASyncIsNoticed() {
        RaftStoreConfig faulty = RegisterRun.config().withFaults(new FaultSwitches(true));
        assertThatThrownBy(() ->
                        new SeedRunner("RaftSimTest#acknowledgingWithoutASyncIsNoticed", 200)
                                .run(seed -> RegisterRun.run(seed, faulty)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dquorate.seed=");
    }
}
