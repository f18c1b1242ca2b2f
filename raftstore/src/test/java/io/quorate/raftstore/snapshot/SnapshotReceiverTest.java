package io.quorate.raftstore.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.raft.ConfState;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.raft.Snapshot;
import io.quorate.raftstore.wire.SnapshotReply;
import io.quorate.raftstore.wire.SnapshotRequest;
import io.quorate.raftstore.wire.SnapshotRequest.Chunk;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import io.quorate.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotReceiverTest {
    private static final Key KEY = new Key(new GroupId(7), 40, 3);
    private static final Message.InstallSnapshot INSTALL =
            new Message.InstallSnapshot(
                    1,
                    2,
                    5,
                    new Snapshot(40, 3, ConfState.ofVoters(List.of(1L, 2L, 3L)), ByteSlice.EMPTY));

    private final SimWorld world = new SimWorld(1);
    private final List<GroupId> arrived = new ArrayList<>();
    private SnapshotFiles files = new SnapshotFiles(world.machine(new NodeId(2)).disk());
    private SnapshotReceiver receiver = newReceiver();

    @BeforeEach
    void start() {
        world.machine(new NodeId(2)).start();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void everyFlippedBitOfAChunkIsNoticedAndTheChunkAskedForAgain() {
        handle(new SnapshotRequest.Offer(KEY.group(), INSTALL));
        Chunk chunk = Chunk.of(KEY, 0, ByteSlice.utf8("some data"));
        byte[] bytes = chunk.data().toByteArray();
        for (int position = 0; position < bytes.length; position++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[position] ^= (byte) (1 << bit);
                Chunk damaged = new Chunk(KEY, 0, chunk.checksum(), ByteSlice.wrap(flipped));
                assertThat(handle(damaged)).isEqualTo(new SnapshotReply.Continue(0));
            }
        }
        for (int bit = 0; bit < 32; bit++) {
            Chunk damaged = new Chunk(KEY, 0, chunk.checksum() ^ (1 << bit), chunk.data());
            assertThat(handle(damaged)).isEqualTo(new SnapshotReply.Continue(0));
        }
        assertThat(handle(chunk)).isEqualTo(new SnapshotReply.Continue(9));
        assertThat(handle(chunk)).as("twice").isEqualTo(new SnapshotReply.Continue(9));
    }

    @Test
    void whatIsWholeIsHandedOnOnceAndOnlyThen() {
        handle(new SnapshotRequest.Offer(KEY.group(), INSTALL));
        handle(Chunk.of(KEY, 0, ByteSlice.utf8("one")));
        assertThat(handle(new SnapshotRequest.Finish(KEY, 6)))
                .as("a chunk is missing")
                .isEqualTo(new SnapshotReply.Continue(3));
        assertThat(arrived).isEmpty();
        handle(Chunk.of(KEY, 3, ByteSlice.utf8("two")));
        assertThat(handle(new SnapshotRequest.Finish(KEY, 6)))
                .isEqualTo(new SnapshotReply.Received());
        assertThat(arrived).containsExactly(KEY.group());
        try (SnapshotSource whole = files.whole(KEY);
                SnapshotSource.Content content = whole.open()) {
            assertThat(content.next()).isEqualTo(ByteSlice.utf8("one"));
            assertThat(content.next()).isEqualTo(ByteSlice.utf8("two"));
            assertThat(content.next()).isNull();
        }
    }

    @Test
    void anotherLifeGoesOnAfterTheLastDurableChunk() {
        handle(new SnapshotRequest.Offer(KEY.group(), INSTALL));
        handle(Chunk.of(KEY, 0, ByteSlice.utf8("one")));
        world.machine(new NodeId(2)).losePower();
        world.machine(new NodeId(2)).restart();
        files = new SnapshotFiles(world.machine(new NodeId(2)).disk());
        receiver = newReceiver();
        assertThat(handle(Chunk.of(KEY, 3, ByteSlice.utf8("two"))))
                .as("it was not offered in this life")
                .isInstanceOf(SnapshotReply.Refused.class);
        assertThat(handle(new SnapshotRequest.Offer(KEY.group(), INSTALL)))
                .isEqualTo(new SnapshotReply.Continue(3));
    }

    private SnapshotReply handle(SnapshotRequest request) {
        return receiver.handle(request);
    }

    private SnapshotReceiver newReceiver() {
        return new SnapshotReceiver(
                world.env(),
                files,
                4,
                new SnapshotReceiver.Inbox() {
                    @Override
                    public @Nullable SnapshotReply judge(
                            GroupId group, Message.InstallSnapshot install) {
                        return null;
                    }

                    @Override
                    public void arrived(GroupId group, Message.InstallSnapshot install) {
                        arrived.add(group);
                    }
                });
    }
}
