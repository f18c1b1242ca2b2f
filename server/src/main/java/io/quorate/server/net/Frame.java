package io.quorate.server.net;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;

/// One message between processes: four bytes of length, one of kind, then the fields.
sealed interface Frame {
    int VERSION = 1;
    int MAGIC = 0x51524e31;
    int BYTES_MAX = 64 << 20;

    /// The first frame in each direction.
    record Hello(long clusterId, int node) implements Frame {}

    record Call(long id, String service, ByteSlice request) implements Frame {}

    record Reply(long id, ByteSlice reply) implements Frame {}

    /// The call got no answer, and will not.
    record Failed(long id, String why, boolean ran) implements Frame {}

    record Message(String topic, ByteSlice message) implements Frame {}

    /// Appends the frame with its length.
    static void write(Frame frame, ByteWriter out) {
        int start = out.length();
        out.putInt(0);
        switch (frame) {
            case Hello hello -> {
                out.putByte(0);
                out.putInt(MAGIC);
                out.putByte(VERSION);
                out.putLong(hello.clusterId());
                out.putInt(hello.node());
            }
            case Call call -> {
                out.putByte(1);
                out.putVarLong(call.id());
                out.putString(call.service());
                out.putRaw(call.request());
            }
            case Reply reply -> {
                out.putByte(2);
                out.putVarLong(reply.id());
                out.putRaw(reply.reply());
            }
            case Failed failed -> {
                out.putByte(3);
                out.putVarLong(failed.id());
                out.putString(failed.why());
                out.putBoolean(failed.ran());
            }
            case Message message -> {
                out.putByte(4);
                out.putString(message.topic());
                out.putRaw(message.message());
            }
        }
        out.setInt(start, out.length() - start - 4);
    }

    /// Reads a frame without its length.
    static Frame read(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        int kind = in.getByte();
        return switch (kind) {
            case 0 -> {
                if (in.getInt() != MAGIC) {
                    throw new CorruptBytes("the other end is not a Quorate node");
                }
                int version = in.getByte();
                if (version != VERSION) {
                    throw new CorruptBytes("the other node speaks version " + version + ", not 1");
                }
                yield new Hello(in.getLong(), in.getInt());
            }
            case 1 -> new Call(in.getVarLong(), in.getString(), in.getRaw(in.remaining()));
            case 2 -> new Reply(in.getVarLong(), in.getRaw(in.remaining()));
            case 3 -> new Failed(in.getVarLong(), in.getString(), in.getBoolean());
            case 4 -> new Message(in.getString(), in.getRaw(in.remaining()));
            default -> throw new CorruptBytes("frame kind " + kind);
        };
    }
}
