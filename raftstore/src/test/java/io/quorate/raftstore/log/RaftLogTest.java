package io.quorate.raftstore.log;

import static io.quorate.raftstore.log.LogWorld.G2;
import static io.quorate.raftstore.log.LogWorld.G3;
import static io.quorate.raftstore.log.LogWorld.append;
import static io.quorate.raftstore.log.LogWorld.contents;
import static io.quorate.raftstore.log.LogWorld.entry;
import static io.quorate.raftstore.log.LogWorld.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.env.NodeId;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.raft.HardState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaftLogTest {
    private final LogWorld world = new LogWorld();
    private final FakeDisk disk = new FakeDisk();

    @Test
    void entriesAndStatesOfAllGroupsSurviveReopening() throws IOException {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        append(log, two, entry(1, 1, "a"), entry(2, 1, "b"));
        LogBatch both = new LogBatch();
        both.append(G3, List.of(entry(1, 5, "x")));
        both.hardState(G3, new HardState(5, 2, 1, 4));
        log.write(both);
        log.close();

        RaftLog again = world.open(disk);
        assertThat(contents(group(again, G2))).containsExactly("1/1 a", "2/1 b");
        GroupLog threeAgain = group(again, G3);
        assertThat(contents(threeAgain)).containsExactly("1/5 x");
        assertThat(threeAgain.hardState()).isEqualTo(new HardState(5, 2, 1, 4));
    }

    @Test
    void oneBatchOfManyGroupsIsOneSync() {
        RaftLog log = world.open(disk);
        int before = disk.syncs();
        LogBatch batch = new LogBatch();
        batch.append(G2, List.of(entry(1, 1, "a")));
        batch.append(G3, List.of(entry(1, 1, "b")));
        batch.hardState(G2, new HardState(1, 1, 0, 1));
        log.write(batch);
        assertThat(disk.syncs() - before).isEqualTo(1);
    }

    @Test
    void laterEntriesReplaceWhatTheyOverlap() throws IOException {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        append(log, two, entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c"));
        append(log, two, entry(2, 2, "B"));
        assertThat(contents(two)).containsExactly("1/1 a", "2/2 B");
        log.close();
        assertThat(contents(group(world.open(disk), G2))).containsExactly("1/1 a", "2/2 B");
    }

    @Test
    void deadSegmentsGoAndTheStatesInThemAreCarriedForward() throws IOException {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        GroupLog three = group(log, G3);
        LogBatch once = new LogBatch();
        once.hardState(G3, new HardState(9, 3, 8, 9));
        once.compact(G3, 40, 8);
        log.write(once);
        three.compacted(40, 8);
        fill(log, two, 1, 60);
        int before = disk.list("raft").size();
        compact(log, two, 50);
        assertThat(disk.list("raft").size()).isLessThan(before);
        log.close();

        RaftLog again = world.open(disk);
        GroupLog twoAgain = group(again, G2);
        assertThat(twoAgain.firstIndex()).isEqualTo(51);
        assertThat(twoAgain.term(50)).isEqualTo(1);
        assertThat(contents(twoAgain)).hasSize(10);
        GroupLog threeAgain = group(again, G3);
        assertThat(threeAgain.hardState()).isEqualTo(new HardState(9, 3, 8, 9));
        assertThat(threeAgain.firstIndex()).isEqualTo(41);
        assertThat(threeAgain.term(40)).isEqualTo(8);
    }

    @Test
    void segmentsStayWhileOneGroupNeedsThem() {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        GroupLog three = group(log, G3);
        append(log, three, entry(1, 1, "needed"));
        fill(log, two, 1, 60);
        List<String> before = disk.list("raft");
        compact(log, two, 60);
        assertThat(disk.list("raft")).isEqualTo(before);
        assertThat(contents(three)).containsExactly("1/1 needed");
        compact(log, three, 1);
        assertThat(disk.list("raft")).doesNotContain(before.get(0));
    }

    @Test
    void compactionBeyondTheEndLeavesAnEmptyLogThatGoesOnBehindIt() throws IOException {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        append(log, two, entry(1, 1, "a"));
        LogBatch batch = new LogBatch();
        batch.compact(G2, 10, 3);
        log.write(batch);
        two.compacted(10, 3);
        append(log, two, entry(11, 4, "k"));
        log.close();
        GroupLog again = group(world.open(disk), G2);
        assertThat(contents(again)).containsExactly("11/4 k");
        assertThat(again.term(10)).isEqualTo(3);
    }

    @Test
    void cachedAndReadBackEntriesAreTheSame() {
        RaftLog log = world.open(disk);
        GroupLog cached = log.openGroup(G2, new EntryCache(3 * 96 + 30));
        append(log, cached, entry(1, 1, "0123456789"), entry(2, 1, ""), entry(3, 1, "abc"));
        append(log, cached, entry(4, 1, "0123456789"), entry(5, 2, "0123456789"));
        assertThat(contents(cached))
                .containsExactly(
                        "1/1 0123456789", "2/1 ", "3/1 abc", "4/1 0123456789", "5/2 0123456789");
    }

    @Test
    void aRecordLargerThanASegmentIsTaken() throws IOException {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        String large = "x".repeat(20_000);
        append(log, two, entry(1, 1, "a"));
        append(log, two, entry(2, 1, large));
        append(log, two, entry(3, 1, "c"));
        log.close();
        assertThat(contents(group(world.open(disk), G2)))
                .containsExactly("1/1 a", "2/1 " + large, "3/1 c");
    }

    @Test
    void theDirectoryIsTakenByOneStore() {
        RaftLog unused = world.open(disk);
        assertThat(unused.needsMark()).isFalse();
        assertThatThrownBy(() -> world.open(disk))
                .isInstanceOf(QuorateException.class)
                .hasRootCauseMessage("another process holds raft/LOCK");
    }

    @Test
    void anothersLogIsRefused() throws IOException {
        world.open(disk).close();
        assertThatThrownBy(() -> RaftLog.open(world.env(new NodeId(2), disk), LogWorld.SMALL))
                .hasMessageContaining("belongs to node n1 of cluster 7, not to n2 of 7");
        assertThatThrownBy(() -> world.open(disk, new LogConfig(8, 8 << 10, 1 << 10, false)))
                .hasMessageContaining("belongs to node n1 of cluster 7, not to n1 of 8");
    }

    @Test
    void aNewerFormatIsRefusedWithTheNextStep() throws IOException {
        world.open(disk).close();
        String path = LogFormat.path(1);
        byte[] bytes = disk.content(path);
        bytes[8] = 3;
        disk.plant(path, bytes);
        assertThatThrownBy(() -> world.open(disk))
                .isInstanceOfSatisfying(
                        QuorateException.class,
                        e -> {
                            assertThat(e.message()).contains("format version 3");
                            assertThat(e.hint()).contains("Start the release that wrote it");
                        });
    }

    @Test
    void aSnapshotThatWasBegunReplacesTheWholeLogAndWaitsForItsEnd() throws IOException {
        RaftLog log = world.open(disk);
        GroupLog group = group(log, G2);
        append(log, group, entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c"));
        LogBatch begin = new LogBatch();
        begin.beginSnapshot(G2, 2, 5);
        log.write(begin);
        group.beganSnapshot(2, 5);
        append(log, group, entry(3, 5, "d"));
        log.close();

        RaftLog again = world.open(disk);
        assertThat(again.unfinished()).containsExactly(G2);
        GroupLog found = group(again, G2);
        assertThat(found.installingIndex()).isEqualTo(2);
        assertThat(found.term(2)).isEqualTo(5);
        assertThat(contents(found)).containsExactly("3/5 d");
        LogBatch end = new LogBatch();
        end.endSnapshot(G2, 2);
        again.write(end);
        again.close();

        RaftLog last = world.open(disk);
        assertThat(last.unfinished()).isEmpty();
        assertThat(contents(group(last, G2))).containsExactly("3/5 d");
    }

    @Test
    void aSnapshotWithoutEntriesBehindItLeavesAnEmptyLogThatGoesOnThere() throws IOException {
        RaftLog log = world.open(disk);
        append(log, group(log, G2), entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c"));
        LogBatch begin = new LogBatch();
        begin.beginSnapshot(G2, 2, 5);
        log.write(begin);
        log.close();
        GroupLog found = group(world.open(disk), G2);
        assertThat(found.lastIndex()).as("what followed belonged to another term").isEqualTo(2);
    }

    @Test
    void aSegmentWithABegunSnapshotStaysUntilItsEnd() throws IOException {
        RaftLog log = world.open(disk);
        GroupLog group = group(log, G2);
        LogBatch begin = new LogBatch();
        begin.beginSnapshot(G2, 10, 2);
        log.write(begin);
        group.beganSnapshot(10, 2);
        GroupLog other = group(log, G3);
        fill(log, other, 1, 60);
        compact(log, other, 60);
        log.tidyUp();
        assertThat(disk.exists(LogFormat.path(1))).isTrue();
        LogBatch end = new LogBatch();
        end.endSnapshot(G2, 10);
        log.write(end);
        log.tidyUp();
        assertThat(disk.exists(LogFormat.path(1))).isFalse();
        log.close();
        assertThat(group(world.open(disk), G2).lastIndex()).isEqualTo(10);
    }

    @Test
    void aDestroyedGroupLeavesATombstoneThatOutlivesItsSegment() throws IOException {
        RaftLog log = world.open(disk);
        append(log, group(log, G2), entry(1, 1, "a"), entry(2, 1, "b"));
        LogBatch destroy = new LogBatch();
        destroy.destroy(G2, 9);
        log.write(destroy);
        assertThat(log.tombstone(G2)).isEqualTo(9);
        GroupLog other = group(log, G3);
        fill(log, other, 1, 60);
        compact(log, other, 60);
        log.tidyUp();
        assertThat(disk.exists(LogFormat.path(1))).isFalse();
        log.close();
        RaftLog again = world.open(disk);
        assertThat(again.tombstone(G2)).isEqualTo(9);
        assertThat(again.tombstone(G3)).isZero();
        assertThat(again.unopened()).doesNotContain(G2);
        assertThat(group(again, G2).lastIndex()).isZero();
    }

    @Test
    void aMissingSegmentIsRefused() throws IOException {
        RaftLog log = world.open(disk);
        fill(log, group(log, G2), 1, 60);
        log.close();
        disk.delete(LogFormat.path(2));
        assertThatThrownBy(() -> world.open(disk))
                .isInstanceOfSatisfying(
                        QuorateException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
                .hasMessageContaining("the file is missing");
    }

    @Test
    void aMissingBeginningIsRefused() throws IOException {
        RaftLog log = world.open(disk);
        fill(log, group(log, G2), 1, 60);
        log.close();
        disk.delete(LogFormat.path(1));
        assertThatThrownBy(() -> world.open(disk))
                .hasMessageContaining("nothing says that they were compacted");
    }

    @Test
    void aFailedSyncHaltsTheNodeAndTheLogIsNotUsedAgain() {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        append(log, two, entry(1, 1, "a"));
        disk.failSyncs();
        assertThatThrownBy(() -> append(log, two, entry(2, 1, "b")))
                .isInstanceOf(QuorateException.class);
        assertThat(world.halts).hasSize(1);
        assertThatThrownBy(() -> append(log, two, entry(2, 1, "b")))
                .hasMessageContaining("never written again");
    }

    @Test
    void anEntryThatRottedWhileTheNodeRanIsNotServed() {
        RaftLog log = world.open(disk);
        GroupLog two = group(log, G2);
        append(log, two, entry(1, 1, "precious"));
        byte[] bytes = disk.content(LogFormat.path(1));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("precious");
        disk.damage(LogFormat.path(1), at);
        assertThatThrownBy(() -> contents(two)).hasMessageContaining("entry 1 of g2 is damaged");
        assertThat(world.halts).hasSize(1);
    }

    private static void fill(RaftLog log, GroupLog group, long from, long to) {
        for (long index = from; index <= to; index++) {
            append(log, group, entry(index, 1, "v".repeat(400)));
        }
    }

    private static void compact(RaftLog log, GroupLog group, long index) {
        long term = group.term(index);
        group.compacted(index, term);
        LogBatch batch = new LogBatch();
        batch.compact(group.group(), index, term);
        log.write(batch);
        log.tidyUp();
    }
}
