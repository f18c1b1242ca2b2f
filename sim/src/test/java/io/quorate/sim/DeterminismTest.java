package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    @Test
    void oneSeedLeavesOneTrace() {
        long first = SmallWorld.hashOf(7);
        for (int i = 0; i < 20; i++) {
            assertThat(SmallWorld.hashOf(7)).isEqualTo(first);
        }
    }

    @Test
    void everySeedLeavesATraceOfItsOwn() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            hashes.add(SmallWorld.hashOf(seed));
        }
        assertThat(hashes).hasSize(200);
    }

    @Test
    void anotherJvmLeavesTheSameTraces() throws IOException {
        List<String> seeds = new ArrayList<>();
        List<String> here = new ArrayList<>();
        for (long seed = 100; seed < 110; seed++) {
            seeds.add(Long.toString(seed));
            here.add(Long.toString(SmallWorld.hashOf(seed)));
        }
        assertThat(SecondJvm.run(SmallWorld.class, seeds)).isEqualTo(here);
    }
}
