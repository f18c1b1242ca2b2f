package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
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
    void anotherJvmLeavesTheSameTraces() throws Exception {
        long[] seeds = LongStream.range(100, 110).toArray();
        List<String> here = new ArrayList<>();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SmallWorld.class.getName()));
        for (long seed : seeds) {
            here.add(Long.toString(SmallWorld.hashOf(seed)));
            command.add(Long.toString(seed));
        }
        assertThat(linesOf(command)).isEqualTo(here);
    }

    private static List<String> linesOf(List<String> command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        }
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
