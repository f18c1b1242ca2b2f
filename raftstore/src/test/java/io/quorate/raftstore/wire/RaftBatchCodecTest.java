package io.quorate.raftstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.ConfState;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.EntryKind;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.raft.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaftBatchCodecTest {
    private static final RaftBatchCodec CODEC = new RaftBatchCodec();

    private static final List<Entry> ENTRIES =
            List.of(
                    new Entry(5, 10, EntryKind.NORMAL, ByteSlice.utf8("data")),
                    new Entry(6, 11, EntryKind.CONF_CHANGE, ByteSlice.EMPTY));

    private static final ConfState JOINT =
            new ConfState(List.of(1L, 2L), List.of(2L, 300L), List.of(4L), List.of(300L), true);

    /// One of each; the compiler cannot tell that none is missing, the count below can.
    private static final List<Message> ALL =
            List.of(
                    new Message.Append(1, 2, 7, 5, 9, ENTRIES, 8),
                    new Message.AppendReply(2, 1, 7, 11, true, 3, 2),
                    new Message.VoteRequest(1, 2, 8, 7, 11, true, false),
                    new Message.VoteReply(2, 1, 8, false, true),
                    new Message.Heartbeat(1, 2, 7, 8, 1000),
                    new Message.HeartbeatReply(2, 1, 7, 1000),
                    new Message.InstallSnapshot(
                            1, 2, 7, new Snapshot(9, 5, JOINT, ByteSlice.utf8("where it is"))),
                    new Message.TimeoutNow(1, 2, 7),
                    new Message.TransferLeader(2, 1, 0, 3),
                    new Message.Propose(2, 1, 0, ENTRIES),
                    new Message.ReadIndex(2, 1, 0, Long.MAX_VALUE),
                    new Message.ReadIndexReply(1, 2, 7, Long.MAX_VALUE, 9));

    @Test
    void everyMessageIsReadAsItWasWritten() {
        assertThat(ALL).hasSize(Message.class.getPermittedSubclasses().length);
        RaftBatch batch =
                new RaftBatch(
                        List.of(
                                new GroupMessages(new GroupId(1), 0, List.of()),
                                new GroupMessages(new GroupId(77_000), 1L << 40, ALL)));
        ByteReader in = new ByteReader(write(batch));
        assertThat(CODEC.read(in)).isEqualTo(batch);
        in.expectEnd();
    }

    @Test
    void bytesCutShortAreRefused() {
        ByteSlice whole = write(new RaftBatch(List.of(new GroupMessages(new GroupId(2), 3, ALL))));
        for (int length = 0; length < whole.length(); length++) {
            ByteReader in = new ByteReader(whole.slice(0, length));
            assertThatThrownBy(() -> CODEC.read(in)).isInstanceOf(CorruptBytes.class);
        }
    }

    @Test
    void anUnknownVersionIsRefused() {
        assertThatThrownBy(() -> CODEC.read(new ByteReader(ByteSlice.of(2, 0))))
                .isInstanceOf(CorruptBytes.class)
                .hasMessageContaining("version 2");
    }

    private static ByteSlice write(RaftBatch batch) {
        ByteWriter out = new ByteWriter();
        CODEC.write(batch, out);
        return out.toSlice();
    }
}
