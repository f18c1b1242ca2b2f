package io.quorate.raftstore.wire;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Network;
import io.quorate.raftstore.api.GroupId;

/// Tells a store that it is no member of a group as of entry `index`, which the sender has applied: a
/// replica there that knows no later entry can go. Said again as long as it makes itself heard.
public record Removed(GroupId group, long index) {
    public static final Network.Topic<Removed> TOPIC =
            new Network.Topic<>("raft-removed", new Bytes());

    private static final class Bytes implements Codec<Removed> {
        private static final int VERSION = 1;

        @Override
        public void write(Removed removed, ByteWriter out) {
            out.putByte(VERSION);
            out.putVarLong(removed.group.value());
            out.putVarLong(removed.index);
        }

        @Override
        public Removed read(ByteReader in) {
            int version = in.getByte();
            if (version != VERSION) {
                throw new CorruptBytes("a removal of version " + version);
            }
            return new Removed(new GroupId(in.getVarLong()), in.getVarLong());
        }
    }
}
