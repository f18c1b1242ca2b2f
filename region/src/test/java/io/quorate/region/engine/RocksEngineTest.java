package io.quorate.region.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksEngineTest {
    private static final long CACHE_BYTES = 8 << 20;
    private static final ByteSlice KEY = ByteSlice.utf8("k");

    @TempDir private Path directory;

    @Test
    void unflushedWritesAreLostInAllFamiliesTogether() throws IOException {
        Path data = directory.resolve("data");
        Path afterCrash = directory.resolve("crashed");
        try (StorageEngine engine = RocksEngine.open(data, CACHE_BYTES)) {
            writeToAllFamilies(engine, "flushed");
            engine.flush();
            writeToAllFamilies(engine, "lost");
            copy(data, afterCrash);
        }
        try (StorageEngine engine = RocksEngine.open(afterCrash, CACHE_BYTES)) {
            for (Family family : Family.values()) {
                assertThat(engine.get(family, KEY)).isEqualTo(ByteSlice.utf8("flushed"));
            }
        }
    }

    @Test
    void persistedTellsWhatACrashWouldLeave() {
        try (StorageEngine engine = RocksEngine.open(directory, CACHE_BYTES)) {
            writeToAllFamilies(engine, "one");
            assertThat(engine.persisted(Family.STATE, KEY)).isNull();
            engine.flush();
            writeToAllFamilies(engine, "two");
            assertThat(engine.persisted(Family.STATE, KEY)).isEqualTo(ByteSlice.utf8("one"));
            assertThat(engine.get(Family.STATE, KEY)).isEqualTo(ByteSlice.utf8("two"));
        }
    }

    @Test
    void cleanlyClosedEngineKeepsEverything() {
        try (StorageEngine engine = RocksEngine.open(directory, CACHE_BYTES)) {
            writeToAllFamilies(engine, "kept");
        }
        try (StorageEngine engine = RocksEngine.open(directory, CACHE_BYTES)) {
            assertThat(engine.get(Family.WRITE, KEY)).isEqualTo(ByteSlice.utf8("kept"));
        }
    }

    @Test
    void directoryInUseIsRefusedByName() {
        try (StorageEngine engine = RocksEngine.open(directory, CACHE_BYTES)) {
            writeToAllFamilies(engine, "here");
            assertThatThrownBy(() -> RocksEngine.open(directory, CACHE_BYTES))
                    .isInstanceOf(QuorateException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void newerFormatIsRefused() throws IOException {
        RocksEngine.open(directory, CACHE_BYTES).close();
        Files.writeString(directory.resolve("QUORATE-FORMAT"), "999\n");
        assertThatThrownBy(() -> RocksEngine.open(directory, CACHE_BYTES))
                .isInstanceOf(QuorateException.class)
                .hasMessageContaining("format 999");
    }

    @Test
    void callAfterCloseIsRefused() {
        StorageEngine engine = RocksEngine.open(directory, CACHE_BYTES);
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.get(Family.LOCK, KEY)).isInstanceOf(QuorateException.class);
        assertThatThrownBy(engine::snapshot).isInstanceOf(QuorateException.class);
    }

    @Test
    void closeWaitsForTheLastSnapshot() throws InterruptedException {
        StorageEngine engine = RocksEngine.open(directory, CACHE_BYTES);
        writeToAllFamilies(engine, "seen");
        EngineSnapshot snapshot = engine.snapshot();
        Thread closer = Thread.ofVirtual().start(engine::close);
        while (!isShut(engine)) {
            Thread.onSpinWait();
        }
        try (EngineSnapshot.Cursor cursor = snapshot.cursor(Family.LOCK, ByteSlice.EMPTY, null)) {
            cursor.seekToFirst();
            assertThat(cursor.value()).isEqualTo(ByteSlice.utf8("seen"));
        }
        assertThat(closer.isAlive()).isTrue();
        snapshot.close();
        closer.join();
    }

    private static boolean isShut(StorageEngine engine) {
        try {
            engine.get(Family.LOCK, KEY);
            return false;
        } catch (QuorateException shut) {
            return true;
        }
    }

    private static void writeToAllFamilies(StorageEngine engine, String value) {
        EngineBatch batch = new EngineBatch();
        for (Family family : Family.values()) {
            batch.put(family, KEY, ByteSlice.utf8(value));
        }
        engine.write(batch);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> files;
        try (Stream<Path> children = Files.list(from)) {
            files = children.toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }
}
