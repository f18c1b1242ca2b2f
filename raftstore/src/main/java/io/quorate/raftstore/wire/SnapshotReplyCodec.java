package io.quorate.raftstore.wire;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;

/// The bytes of a [SnapshotReply].
final class SnapshotReplyCodec implements Codec<SnapshotReply> {
    private static final int VERSION = 1;
    private static final int CONTINUE = 1;
    private static final int RECEIVED = 2;
    private static final int REFUSED = 3;

    @Override
    public void write(SnapshotReply reply, ByteWriter out) {
        out.putByte(VERSION);
        switch (reply) {
            case SnapshotReply.Continue(long offset) -> {
                out.putByte(CONTINUE);
                out.putVarLong(offset);
            }
            case SnapshotReply.Received _ -> out.putByte(RECEIVED);
            case SnapshotReply.Refused(String why) -> {
                out.putByte(REFUSED);
                out.putString(why);
            }
        }
    }

    @Override
    public SnapshotReply read(ByteReader in) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("an answer about a snapshot of version " + version);
        }
        int type = in.getByte();
        return switch (type) {
            case CONTINUE -> new SnapshotReply.Continue(in.getVarLong());
            case RECEIVED -> new SnapshotReply.Received();
            case REFUSED -> new SnapshotReply.Refused(in.getString());
            default -> throw new CorruptBytes("no answer about a snapshot has type " + type);
        };
    }
}
