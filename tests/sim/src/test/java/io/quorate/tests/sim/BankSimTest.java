package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.raftstore.FaultSwitches;
import io.quorate.region.api.RegionFaults;
import io.quorate.sim.SecondJvm;
import io.quorate.tests.sim.Cluster.Switches;
import io.quorate.txn.api.TxnFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BankSimTest {
    @Test
    void moneyIsNeitherMadeNorLostUnderFaults() {
        new SeedRunner("BankSimTest#moneyIsNeitherMadeNorLostUnderFaults", 100)
                .run(seed -> BankRun.run(seed, Switches.NONE));
    }

    @Test
    void aRunRepeatsToTheByteInAnotherJvm() throws IOException {
        List<String> seeds = new ArrayList<>();
        List<String> here = new ArrayList<>();
        for (long seed = 0; seed < 10; seed++) {
            seeds.add(Long.toString(seed));
            here.add(BankRun.run(seed, Switches.NONE).toString());
        }
        assertThat(SecondJvm.run(BankRun.class, seeds)).isEqualTo(here);
    }

    @Test
    void acknowledgingWithoutASyncIsNoticed() {
        assertNoticed(
                "acknowledgingWithoutASyncIsNoticed",
                new Switches(new FaultSwitches(true), RegionFaults.NONE, TxnFaults.NONE));
    }

    @Test
    void readingPastLocksIsNoticed() {
        assertNoticed(
                "readingPastLocksIsNoticed",
                new Switches(FaultSwitches.NONE, new RegionFaults(true), TxnFaults.NONE));
    }

    @Test
    void readingTheLatestIsNoticed() {
        assertNoticed(
                "readingTheLatestIsNoticed",
                new Switches(FaultSwitches.NONE, RegionFaults.NONE, new TxnFaults(true, false)));
    }

    @Test
    void aLostSecondaryIsNoticed() {
        assertNoticed(
                "aLostSecondaryIsNoticed",
                new Switches(FaultSwitches.NONE, RegionFaults.NONE, new TxnFaults(false, true)));
    }

    private static void assertNoticed(String test, Switches faulty) {
        assertThatThrownBy(() ->
                        new SeedRunner("BankSimTest#" + test, 40)
                                .run(seed -> BankRun.run(seed, faulty)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dquorate.seed=");
    }
}
