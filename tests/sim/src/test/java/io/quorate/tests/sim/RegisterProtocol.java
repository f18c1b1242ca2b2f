package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Network.Service;
import io.quorate.common.env.NodeId;
import org.jspecify.annotations.Nullable;

/// What clients ask of registers, and what becomes an entry of the log.
final class RegisterProtocol {
    static final Service<Request, Reply> SERVICE =
            new Service<>("register", new RequestCodec(), new ReplyCodec());

    private RegisterProtocol() {}

    /// One thing to do to one register.
    sealed interface Request {
        int key();
    }

    record Read(int key) implements Request {}

    /// `id` is never used twice.
    record Write(long id, int key, long value) implements Request {}

    record CompareAndSet(long id, int key, long expected, long value) implements Request {}

    sealed interface Reply {}

    /// It was done; `result` is the value read, or whether a compare-and-set succeeded (1 or 0).
    record Done(long result) implements Reply {}

    /// It was not done and will not be; ask `leader` if there is one.
    record NotLeader(@Nullable NodeId leader) implements Reply {}

    /// It may have been done.
    record Unknown() implements Reply {}

    static ByteSlice encode(Request request) {
        ByteWriter out = new ByteWriter();
        new RequestCodec().write(request, out);
        return out.toSlice();
    }

    static Request decode(ByteSlice bytes) {
        return new RequestCodec().read(new ByteReader(bytes));
    }

    private static final class RequestCodec implements Codec<Request> {
        @Override
        public void write(Request value, ByteWriter out) {
            switch (value) {
                case Read(int key) -> {
                    out.putByte(0);
                    out.putInt(key);
                }
                case Write(long id, int key, long written) -> {
                    out.putByte(1);
                    out.putLong(id);
                    out.putInt(key);
                    out.putLong(written);
                }
                case CompareAndSet(long id, int key, long expected, long written) -> {
                    out.putByte(2);
                    out.putLong(id);
                    out.putInt(key);
                    out.putLong(expected);
                    out.putLong(written);
                }
            }
        }

        @Override
        public Request read(ByteReader in) {
            int kind = in.getByte();
            return switch (kind) {
                case 0 -> new Read(in.getInt());
                case 1 -> new Write(in.getLong(), in.getInt(), in.getLong());
                case 2 -> new CompareAndSet(in.getLong(), in.getInt(), in.getLong(), in.getLong());
                default -> throw new CorruptBytes("no request of kind " + kind);
            };
        }
    }

    private static final class ReplyCodec implements Codec<Reply> {
        @Override
        public void write(Reply value, ByteWriter out) {
            switch (value) {
                case Done(long result) -> {
                    out.putByte(0);
                    out.putLong(result);
                }
                case NotLeader(NodeId leader) -> {
                    out.putByte(1);
                    out.putInt(leader == null ? 0 : leader.value());
                }
                case Unknown() -> out.putByte(2);
            }
        }

        @Override
        public Reply read(ByteReader in) {
            int kind = in.getByte();
            return switch (kind) {
                case 0 -> new Done(in.getLong());
                case 1 -> {
                    int leader = in.getInt();
                    yield new NotLeader(leader == 0 ? null : new NodeId(leader));
                }
                case 2 -> new Unknown();
                default -> throw new CorruptBytes("no reply of kind " + kind);
            };
        }
    }
}
