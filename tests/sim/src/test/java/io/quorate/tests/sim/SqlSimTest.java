package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.SecondJvm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlSimTest {
    @Test
    void moneyIsNeitherMadeNorLostInSqlUnderFaults() {
        new SeedRunner("SqlSimTest#moneyIsNeitherMadeNorLostInSqlUnderFaults", 20).run(SqlRun::run);
    }

    @Test
    void aRunRepeatsToTheByteInAnotherJvm() throws IOException {
        assertThat(SecondJvm.run(SqlRun.class, List.of("0", "1")))
                .isEqualTo(List.of(SqlRun.run(0).toString(), SqlRun.run(1).toString()));
    }
}
