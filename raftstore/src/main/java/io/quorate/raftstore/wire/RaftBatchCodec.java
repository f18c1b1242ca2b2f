package io.quorate.raftstore.wire;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Message;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a [RaftBatch].
final class RaftBatchCodec implements Codec<RaftBatch> {
    private static final int VERSION = 1;

    @Override
    public void write(RaftBatch batch, ByteWriter out) {
        out.putByte(VERSION);
        out.putVarInt(batch.groups().size());
        for (GroupMessages group : batch.groups()) {
            out.putVarLong(group.group().value());
            out.putVarLong(group.unneededIndex());
            out.putVarInt(group.messages().size());
            for (Message message : group.messages()) {
                MessageCodec.write(message, out);
            }
        }
    }

    @Override
    public RaftBatch read(ByteReader in) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("Raft messages of version " + version);
        }
        int groupCount = in.getCount();
        List<GroupMessages> groups = new ArrayList<>(groupCount);
        for (int i = 0; i < groupCount; i++) {
            GroupId group = new GroupId(in.getVarLong());
            long unneededIndex = in.getVarLong();
            int messageCount = in.getCount();
            List<Message> messages = new ArrayList<>(messageCount);
            for (int j = 0; j < messageCount; j++) {
                messages.add(MessageCodec.read(in));
            }
            groups.add(new GroupMessages(group, unneededIndex, messages));
        }
        return new RaftBatch(groups);
    }
}
