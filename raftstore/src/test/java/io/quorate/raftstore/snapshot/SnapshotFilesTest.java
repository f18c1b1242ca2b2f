package io.quorate.raftstore.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.wire.SnapshotRequest;
import io.quorate.raftstore.wire.SnapshotRequest.Chunk;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import io.quorate.sim.SimDisk;
import io.quorate.sim.SimRandom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotFilesTest {
    private static final Key KEY = new Key(new GroupId(7), 40, 3);
    private static final Membership MEMBERS =
            Membership.ofVoters(List.of(new NodeId(1), new NodeId(2), new NodeId(3)));
    private static final SnapshotFile.Head HEAD =
            new SnapshotFile.Head(KEY, MEMBERS, ByteSlice.utf8("label"));
    private static final String PART = "snapshots/7-40-3.part";
    private static final String WHOLE = "snapshots/7-40-3.whole";

    private final SimDisk disk = new SimDisk(new SimRandom(1));
    private final SnapshotFiles files = new SnapshotFiles(disk);

    @Test
    void aWholeSnapshotReadsBackAsItCame() throws IOException {
        complete("one", "two");
        try (SnapshotSource whole = files.whole(KEY)) {
            assertThat(whole.index()).isEqualTo(40);
            assertThat(whole.term()).isEqualTo(3);
            assertThat(whole.members()).isEqualTo(MEMBERS);
            assertThat(whole.label()).isEqualTo(ByteSlice.utf8("label"));
            assertThat(texts(whole)).containsExactly("one", "two");
            assertThat(texts(whole)).as("again").containsExactly("one", "two");
        }
    }

    @Test
    void everyFlippedBitOfAWholeSnapshotIsNoticed() throws IOException {
        complete("one", "two");
        long size = disk.open(WHOLE).size();
        for (long position = 0; position < size; position++) {
            for (int bit = 0; bit < 8; bit++) {
                disk.flipBit(WHOLE, position, bit);
                assertThatThrownBy(this::readWhole)
                        .as("byte %d bit %d", position, bit)
                        .isInstanceOfAny(QuorateException.class, CorruptBytes.class);
                disk.flipBit(WHOLE, position, bit);
            }
        }
        assertThat(readWhole()).containsExactly("one", "two");
    }

    @Test
    void aPartGoesOnAfterItsLastWholeChunkWhateverAPowerCutTore() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            SimDisk torn = new SimDisk(new SimRandom(seed));
            SnapshotFiles there = new SnapshotFiles(torn);
            SnapshotFile part = there.part(HEAD);
            part.append(Chunk.of(KEY, 0, ByteSlice.utf8("durable")));
            torn.losePower();
            SnapshotFile found = there.part(HEAD);
            assertThat(found.offset()).isEqualTo(7);
            found.append(Chunk.of(KEY, 7, ByteSlice.utf8(" and more")));
            found.end();
            there.complete(KEY, found);
            torn.losePower();
            try (SnapshotSource whole = there.whole(KEY)) {
                assertThat(texts(whole)).containsExactly("durable", " and more");
            }
        }
    }

    @Test
    void aDamagedPartGoesOnBeforeTheDamage() throws IOException {
        SnapshotFile part = files.part(HEAD);
        part.append(Chunk.of(KEY, 0, ByteSlice.utf8("one")));
        long behindFirst = disk.open(PART).size();
        part.append(Chunk.of(KEY, 3, ByteSlice.utf8("two")));
        disk.flipBit(PART, behindFirst + 9, 0);
        assertThat(files.part(HEAD).offset()).isEqualTo(3);
        disk.flipBit(PART, 20, 0);
        assertThat(files.part(HEAD).offset()).as("nothing without a head").isZero();
    }

    @Test
    void aPartOfAnotherSnapshotIsOfNoUse() throws IOException {
        files.part(HEAD).append(Chunk.of(KEY, 0, ByteSlice.utf8("old")));
        Key later = new Key(KEY.group(), 50, 3);
        SnapshotFile fresh =
                files.part(new SnapshotFile.Head(later, MEMBERS, ByteSlice.utf8("label")));
        assertThat(fresh.offset()).isZero();
        assertThat(disk.files()).containsExactly("snapshots/7-50-3.part");
    }

    @Test
    void aChunkIsToldFromTheSameBytesElsewhere() {
        Chunk chunk = Chunk.of(KEY, 100, ByteSlice.utf8("data"));
        assertThat(chunk.isWhole()).isTrue();
        assertThat(new Chunk(KEY, 101, chunk.checksum(), chunk.data()).isWhole()).isFalse();
        Key other = new Key(KEY.group(), KEY.index() + 1, KEY.term());
        assertThat(new Chunk(other, 100, chunk.checksum(), chunk.data()).isWhole()).isFalse();
        assertThat(new Chunk(KEY, 100, chunk.checksum(), ByteSlice.utf8("dat4")).isWhole())
                .isFalse();
        assertThat(SnapshotRequest.checksumOf(KEY, 100, chunk.data())).isEqualTo(chunk.checksum());
    }

    private void complete(String... chunks) throws IOException {
        SnapshotFile part = files.part(HEAD);
        for (String chunk : chunks) {
            part.append(Chunk.of(KEY, part.offset(), ByteSlice.utf8(chunk)));
        }
        part.end();
        files.complete(KEY, part);
        part.close();
    }

    private List<String> readWhole() {
        try (SnapshotSource whole = files.whole(KEY)) {
            return texts(whole);
        }
    }

    private static List<String> texts(SnapshotSource source) {
        List<String> texts = new ArrayList<>();
        try (SnapshotSource.Content content = source.open()) {
            for (ByteSlice next = content.next(); next != null; next = content.next()) {
                texts.add(next.toUtf8());
            }
        }
        return texts;
    }
}
