package io.quorate.region.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes to the engine is killed. Without a log of its own, what is left must be all
/// families as of one batch, no older than the last flush: then the applied index, which is one of the
/// keys, is exact.
@Timeout(120)
class EngineCrashTest {
    private static final int KILLS = 4;

    @TempDir private Path directory;

    @Test
    void aKilledProcessLeavesAllFamiliesAsOfOneBatch() throws IOException, InterruptedException {
        for (int kill = 0; kill < KILLS; kill++) {
            long flushed = writeAndKill(kill);
            try (StorageEngine engine = RocksEngine.open(directory, 8 << 20)) {
                checkOneMoment(engine, flushed);
            }
        }
    }

    /// Returns the last number of which the process said that it was flushed.
    private long writeAndKill(int seed) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingWriter.class.getName(),
                                directory.toString(),
                                Integer.toString(seed))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long flushed = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int flushes = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("flushed ")) {
                    flushed = Long.parseLong(line.substring(8));
                    flushes++;
                }
                if (flushes == 5 + seed) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor()).as("killed, not ended by itself").isEqualTo(128 + 9);
        assertThat(flushed).isPositive();
        return flushed;
    }

    private static void checkOneMoment(StorageEngine engine, long flushed) {
        ByteSlice last = engine.get(Family.STATE, CrashingWriter.LAST);
        assertThat(last).isNotNull();
        long number = last == null ? 0 : Long.parseLong(last.toUtf8());
        assertThat(number).as("what was flushed is there").isGreaterThanOrEqualTo(flushed);
        assertThat(engine.persisted(Family.STATE, CrashingWriter.LAST)).isEqualTo(last);
        try (EngineSnapshot snapshot = engine.snapshot()) {
            for (Family family : Family.values()) {
                assertThat(snapshot.get(family, CrashingWriter.LAST)).isEqualTo(last);
                long expected = 1;
                try (EngineSnapshot.Cursor cursor =
                        snapshot.cursor(family, ByteSlice.utf8("k"), CrashingWriter.LAST)) {
                    for (cursor.seekToFirst(); cursor.valid(); cursor.next()) {
                        assertThat(cursor.key()).isEqualTo(CrashingWriter.key(expected));
                        expected++;
                    }
                }
                assertThat(expected - 1).as("keys of %s", family).isEqualTo(number);
            }
        }
    }
}
