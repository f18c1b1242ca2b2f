package io.quorate.raftstore.log;

import static io.quorate.raftstore.log.LogWorld.G2;
import static io.quorate.raftstore.log.LogWorld.G3;
import static io.quorate.raftstore.log.LogWorld.append;
import static io.quorate.raftstore.log.LogWorld.contents;
import static io.quorate.raftstore.log.LogWorld.entry;
import static io.quorate.raftstore.log.LogWorld.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.HardState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Power cuts and rot at every place.
class LogDamageTest {
    private static final String FILE = LogFormat.path(1);

    private final LogWorld world = new LogWorld();

    @Test
    void aLastRecordTornAnywhereIsCut() throws IOException {
        FakeDisk disk = new FakeDisk();
        List<Integer> starts = threeRecords(disk, false);
        byte[] whole = disk.content(FILE);
        int end = endOf(whole);
        for (int cut = starts.get(2); cut < end; cut++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, cut, end, (byte) 0);
            checkCutAfterTwo(disk, torn);
        }
    }

    @Test
    void aLastRecordWithAnyByteLostIsCut() throws IOException {
        FakeDisk disk = new FakeDisk();
        List<Integer> starts = threeRecords(disk, false);
        byte[] whole = disk.content(FILE);
        int end = endOf(whole);
        for (int at = starts.get(2); at < end; at++) {
            byte[] torn = whole.clone();
            torn[at] ^= 0x55;
            checkCutAfterTwo(disk, torn);
        }
    }

    @Test
    void aSyncedRecordWithAnyByteRottenIsRefused() throws IOException {
        FakeDisk disk = new FakeDisk();
        List<Integer> starts = threeRecords(disk, false);
        byte[] whole = disk.content(FILE);
        for (int at = starts.get(0); at < starts.get(2); at++) {
            if (isPadding(whole, starts, at)) {
                continue;
            }
            byte[] rotten = whole.clone();
            rotten[at] ^= 0x55;
            checkRefused(disk, rotten);
        }
    }

    @Test
    void aMarkCoversTheLastRecord() throws IOException {
        FakeDisk disk = new FakeDisk();
        List<Integer> starts = threeRecords(disk, true);
        byte[] rotten = disk.content(FILE);
        rotten[starts.get(2) + LogFormat.RECORD_HEADER_BYTES + 3] ^= 0x55;
        checkRefused(disk, rotten);
    }

    @Test
    void aSealedSegmentThatEndsEarlyIsRefused() throws IOException {
        FakeDisk disk = new FakeDisk();
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        while (disk.list("raft").size() < 2) {
            append(log, two, entry(two.lastIndex() + 1, 1, "v".repeat(500)));
        }
        log.close();
        byte[] bytes = disk.content(FILE);
        Arrays.fill(bytes, bytes.length - 2000, bytes.length, (byte) 0);
        checkRefused(disk, bytes);
    }

    @Test
    void nothingSyncedIsLostWhereverThePowerOrTheProcessEnds() {
        for (int seed = 0; seed < 500; seed++) {
            new PowerCuts(seed).run();
        }
    }

    /// Random writes to two groups with compaction, cut off at a random disk operation, several
    /// times over on the same disk. At times only the process ends.
    private final class PowerCuts {
        private final int seed;
        private final Random chance;
        private final FakeDisk disk = new FakeDisk();
        private final TreeMap<GroupId, List<Entry>> synced = new TreeMap<>();
        private final TreeMap<GroupId, Long> compacted = new TreeMap<>();
        private final TreeMap<GroupId, HardState> states = new TreeMap<>();
        private final TreeMap<GroupId, HardState> statesTried = new TreeMap<>();

        PowerCuts(int seed) {
            this.seed = seed;
            this.chance = new Random(seed);
        }

        void run() {
            for (int life = 0; life < 4; life++) {
                disk.stopAfter(chance.nextInt(60));
                try {
                    liveUntilTheCut();
                } catch (FakeDisk.Stopped stopped) {
                    if (chance.nextInt(3) == 0) {
                        disk.restartProcess();
                    } else {
                        disk.powerOn(chance);
                    }
                }
                check();
            }
        }

        private void liveUntilTheCut() {
            RaftLog log = world.open(disk);
            List<GroupLog> groups = List.of(group(log, G2), group(log, G3));
            groups.forEach(this::adopt);
            while (true) {
                GroupLog group = groups.get(chance.nextInt(2));
                switch (chance.nextInt(6)) {
                    case 0 -> compact(log, group);
                    case 1 -> vote(log, group);
                    case 2 -> {
                        if (log.needsMark()) {
                            log.writeMark();
                        }
                    }
                    default -> write(log, group);
                }
            }
        }

        /// What was not synced but survived counts as there from now on.
        private void adopt(GroupLog group) {
            List<Entry> all = new ArrayList<>();
            for (long at = group.firstIndex(); at <= group.lastIndex(); at++) {
                all.addAll(group.entries(at, at + 1, 0));
            }
            synced.put(group.group(), all);
            compacted.put(group.group(), group.firstIndex() - 1);
            states.put(group.group(), group.hardState());
            statesTried.put(group.group(), group.hardState());
        }

        private void write(RaftLog log, GroupLog group) {
            long overlap = Math.min(chance.nextInt(3), group.lastIndex() - group.firstIndex() + 1);
            long first = group.lastIndex() + 1 - overlap;
            List<Entry> entries = new ArrayList<>();
            int count = 1 + chance.nextInt(4);
            for (int i = 0; i < count; i++) {
                String data = "s" + seed + "-" + "d".repeat(chance.nextInt(600));
                entries.add(entry(first + i, 1 + seed, data));
            }
            List<Entry> model = model(group);
            while (!model.isEmpty() && model.getLast().index() >= first) {
                model.removeLast();
            }
            append(log, group, entries.toArray(Entry[]::new));
            model.addAll(entries);
        }

        private List<Entry> model(GroupLog group) {
            return synced.computeIfAbsent(group.group(), _ -> new ArrayList<>());
        }

        private void vote(RaftLog log, GroupLog group) {
            HardState state = new HardState(chance.nextInt(100), 1, 0, 0);
            statesTried.put(group.group(), state);
            LogBatch batch = new LogBatch();
            batch.hardState(group.group(), state);
            log.write(batch);
            states.put(group.group(), state);
        }

        private void compact(RaftLog log, GroupLog group) {
            long index = group.lastIndex() - chance.nextInt(3);
            if (index < group.firstIndex()) {
                return;
            }
            long term = group.term(index);
            group.compacted(index, term);
            compacted.put(group.group(), index);
            model(group).removeIf(entry -> entry.index() <= index);
            LogBatch batch = new LogBatch();
            batch.compact(group.group(), index, term);
            log.write(batch);
            log.tidyUp();
        }

        private void check() {
            RaftLog log = world.open(disk.copy());
            for (GroupId id : synced.keySet()) {
                GroupLog group = group(log, id);
                for (Entry entry : synced.get(id)) {
                    assertThat(group.entries(entry.index(), entry.index() + 1, 0))
                            .as("seed %d", seed)
                            .containsExactly(entry);
                }
                assertThat(group.hardState())
                        .as("seed %d", seed)
                        .isIn(states.get(id), statesTried.get(id));
                assertThat(group.firstIndex() - 1)
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(compacted.get(id));
            }
        }
    }

    /// Three entries in three records; returns where the records start.
    private List<Integer> threeRecords(FakeDisk disk, boolean marked) throws IOException {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        append(log, two, entry(1, 1, "first"));
        append(log, two, entry(2, 1, "second!"));
        append(log, two, entry(3, 1, "the third"));
        if (marked) {
            assertThat(log.needsMark()).isTrue();
            log.writeMark();
            assertThat(log.needsMark()).isFalse();
        }
        log.close();
        byte[] bytes = disk.content(FILE);
        List<Integer> starts = new ArrayList<>();
        for (int at = LogFormat.SEGMENT_HEADER_BYTES; at < bytes.length; at += 8) {
            if (ByteBuffer.wrap(bytes).getInt(at) == LogFormat.RECORD_MAGIC) {
                starts.add(at);
            }
        }
        assertThat(starts).hasSize(marked ? 4 : 3);
        return starts;
    }

    private void checkCutAfterTwo(FakeDisk like, byte[] bytes) throws IOException {
        FakeDisk disk = like.copy();
        disk.plant(FILE, bytes);
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        assertThat(contents(two)).containsExactly("1/1 first", "2/1 second!");
        byte[] opened = disk.content(FILE);
        int end = secondEnd(opened);
        assertThat(Arrays.copyOfRange(opened, end, opened.length)).containsOnly(0);
        append(log, two, entry(3, 2, "another"));
        log.close();
        assertThat(contents(group(world.open(disk), G2)))
                .containsExactly("1/1 first", "2/1 second!", "3/2 another");
    }

    private void checkRefused(FakeDisk like, byte[] bytes) {
        FakeDisk disk = like.copy();
        disk.plant(FILE, bytes);
        assertThatThrownBy(() -> world.open(disk))
                .isInstanceOfSatisfying(
                        QuorateException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
                .hasMessageContaining("0000000000000001.log is damaged at offset ");
    }

    /// Where the third record would begin.
    private static int secondEnd(byte[] bytes) {
        int at = LogFormat.SEGMENT_HEADER_BYTES;
        for (int record = 0; record < 2; record++) {
            int payload = ByteBuffer.wrap(bytes).getInt(at + 4);
            at = LogFormat.align(at + LogFormat.RECORD_HEADER_BYTES + payload + 4);
        }
        return at;
    }

    private static int endOf(byte[] bytes) {
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /// Zeros before the next record's start are not covered by any checksum, and need not be.
    private static boolean isPadding(byte[] bytes, List<Integer> starts, int at) {
        int place = starts.get(1) > at ? 0 : 1;
        int start = starts.get(place);
        int payload = ByteBuffer.wrap(bytes).getInt(start + 4);
        return at >= start + LogFormat.RECORD_HEADER_BYTES + payload + 4;
    }
}
