package io.quorate.raftstore.wire;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Network;
import io.quorate.raftstore.api.GroupId;

/// Tells the leader of a group that the sender knows nothing of it and waits for a snapshot. Repeated
/// until that came. A leader that believes otherwise, because an earlier replica there had
/// acknowledged something, has to take the sender out of the group first.
public record Newcomer(GroupId group) {
    public static final Network.Topic<Newcomer> TOPIC =
            new Network.Topic<>("raft-newcomer", new Bytes());

    private static final class Bytes implements Codec<Newcomer> {
        private static final int VERSION = 1;

        @Override
        public void write(Newcomer newcomer, ByteWriter out) {
            out.putByte(VERSION);
            out.putVarLong(newcomer.group.value());
        }

        @Override
        public Newcomer read(ByteReader in) {
            int version = in.getByte();
            if (version != VERSION) {
                throw new CorruptBytes("a newcomer of version " + version);
            }
            return new Newcomer(new GroupId(in.getVarLong()));
        }
    }
}
