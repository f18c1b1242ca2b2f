package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.env.Disk;
import io.quorate.common.env.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimDiskTest {
    private final SimDisk disk = new SimDisk(new SimRandom(1));

    @Test
    void aSyncedFileUnderASyncedNameSurvives() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            SimDisk any = new SimDisk(new SimRandom(seed));
            DiskFile file = any.open("log/1");
            write(file, "kept", 0);
            file.sync();
            any.syncDirectory("log");
            write(file, "lost?", 4);
            any.losePower();
            assertThat(read(any, "log/1")).startsWith("kept");
            assertThat(any.list("log")).containsExactly("1");
        }
    }

    @Test
    void unsyncedBytesAreLostKeptOrTorn() throws IOException {
        Set<String> found = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            SimDisk any = new SimDisk(new SimRandom(seed));
            DiskFile file = any.open("f");
            any.syncDirectory("");
            write(file, "abc", 0);
            any.losePower();
            found.add(read(any, "f"));
        }
        assertThat(found).containsExactlyInAnyOrder("", "a", "ab", "abc");
    }

    @Test
    void aLaterWriteMaySurviveAnEarlierOne() throws IOException {
        Set<String> found = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            SimDisk any = new SimDisk(new SimRandom(seed));
            DiskFile file = any.open("f");
            any.syncDirectory("");
            write(file, "a", 0);
            write(file, "b", 1);
            any.losePower();
            found.add(read(any, "f").replace('\0', '-'));
        }
        assertThat(found).contains("", "a", "ab", "-b");
    }

    @Test
    void aNameIsLostWithoutASyncOfItsDirectory() throws IOException {
        DiskFile file = disk.open("f");
        write(file, "x", 0);
        file.sync();
        disk.losePower(SimDisk.Loss.ALL_LOST);
        assertThat(disk.exists("f")).isFalse();
    }

    @Test
    void anUnsyncedDeletionMayBeUndone() throws IOException {
        write(disk.open("f"), "x", 0);
        disk.syncDirectory("");
        disk.delete("f");
        assertThat(disk.exists("f")).isFalse();
        disk.losePower(SimDisk.Loss.ALL_LOST);
        assertThat(disk.exists("f")).isTrue();
    }

    @Test
    void aRenameHappensWholeOrNotAtAll() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            SimDisk any = new SimDisk(new SimRandom(seed));
            DiskFile old = any.open("current");
            write(old, "old", 0);
            old.sync();
            DiskFile next = any.open("next");
            write(next, "new", 0);
            next.sync();
            any.syncDirectory("");
            any.rename("next", "current");
            assertThat(read(any, "current")).isEqualTo("new");
            any.losePower();
            assertThat(read(any, "current")).isEqualTo(any.exists("next") ? "old" : "new");
        }
    }

    @Test
    void theEndOfAProcessLosesNothingButItsLocks() throws IOException {
        DiskFile file = disk.open("f");
        write(file, "abc", 0);
        disk.lock("lock");
        assertThatThrownBy(() -> disk.lock("lock")).isInstanceOf(IOException.class);
        disk.endProcess();
        assertThat(read(disk, "f")).isEqualTo("abc");
        disk.lock("lock").close();
        disk.lock("lock").close();
        assertThatThrownBy(() -> write(file, "d", 3)).hasMessageContaining("crashed");
    }

    @Test
    void aFailedSyncPromisesNothing() throws IOException {
        Set<String> found = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            SimDisk any = new SimDisk(new SimRandom(seed));
            DiskFile file = any.open("f");
            any.syncDirectory("");
            write(file, "abc", 0);
            any.failSyncs(1);
            assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
            any.failSyncs(0);
            file.sync();
            assertThat(read(any, "f")).isEqualTo("abc");
            any.losePower(SimDisk.Loss.ALL_LOST);
            found.add(read(any, "f"));
        }
        assertThat(found)
                .as("a second sync that succeeds does not repair the first")
                .containsExactlyInAnyOrder("", "abc");
    }

    @Test
    void aFullDiskRefusesWritesUntilSpaceReturns() throws IOException {
        DiskFile file = disk.open("f");
        disk.limitBytes(4);
        write(file, "abcd", 0);
        assertThatThrownBy(() -> write(file, "e", 4)).hasMessageContaining("No space left");
        write(file, "ABCD", 0);
        disk.limitBytes(8);
        write(file, "e", 4);
        assertThat(read(disk, "f")).isEqualTo("ABCDe");
        assertThat(disk.usedBytes()).isEqualTo(5);
    }

    @Test
    void aFlippedBitStays() throws IOException {
        DiskFile file = disk.open("f");
        write(file, "a", 0);
        file.sync();
        disk.syncDirectory("");
        disk.flipBit("f", 0, 1);
        assertThat(read(disk, "f")).isEqualTo("c");
        disk.losePower();
        assertThat(read(disk, "f")).isEqualTo("c");
    }

    @Test
    void truncationCutsAndGapsAreZeros() throws IOException {
        DiskFile file = disk.open("f");
        write(file, "abcdef", 0);
        file.truncate(2);
        write(file, "x", 4);
        assertThat(read(disk, "f")).isEqualTo("ab\0\0x");
    }

    private static void write(DiskFile file, String text, long position) throws IOException {
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), position);
    }

    private static String read(Disk from, String path) throws IOException {
        try (DiskFile file = from.open(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            int count = file.read(bytes, 0);
            return new String(bytes.array(), 0, count, StandardCharsets.ISO_8859_1);
        }
    }
}
