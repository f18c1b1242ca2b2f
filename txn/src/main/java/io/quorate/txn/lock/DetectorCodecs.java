package io.quorate.txn.lock;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Network.Service;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;

/// The deadlock detector's service and its bytes. Described in `docs/rpc.md`.
final class DetectorCodecs {
    private static final int VERSION = 1;

    private DetectorCodecs() {}

    static Service<DetectorRequest, DetectorReply> service() {
        return new Service<>("deadlock", new Requests(), new Replies());
    }

    private static final class Requests implements Codec<DetectorRequest> {
        @Override
        public void write(DetectorRequest request, ByteWriter out) {
            out.putByte(VERSION);
            switch (request) {
                case DetectorRequest.Waits(Timestamp waiter, Timestamp holder, long ttlMillis) -> {
                    out.putByte(1);
                    out.putLong(waiter.value());
                    out.putLong(holder.value());
                    out.putVarLong(ttlMillis);
                }
                case DetectorRequest.WaitsNoMore(Timestamp waiter) -> {
                    out.putByte(2);
                    out.putLong(waiter.value());
                }
            }
        }

        @Override
        public DetectorRequest read(ByteReader in) {
            expectVersion(in);
            int kind = in.getByte();
            return switch (kind) {
                case 1 ->
                        new DetectorRequest.Waits(
                                readTimestamp(in), readTimestamp(in), in.getVarLong());
                case 2 -> new DetectorRequest.WaitsNoMore(readTimestamp(in));
                default -> throw new CorruptBytes("no request to the detector has kind " + kind);
            };
        }
    }

    private static final class Replies implements Codec<DetectorReply> {
        @Override
        public void write(DetectorReply reply, ByteWriter out) {
            out.putByte(VERSION);
            switch (reply) {
                case DetectorReply.KeepWaiting() -> out.putByte(1);
                case DetectorReply.Deadlock(List<Timestamp> circle) -> {
                    out.putByte(2);
                    out.putVarInt(circle.size());
                    circle.forEach(member -> out.putLong(member.value()));
                }
                case DetectorReply.NotHost() -> out.putByte(3);
            }
        }

        @Override
        public DetectorReply read(ByteReader in) {
            expectVersion(in);
            int kind = in.getByte();
            return switch (kind) {
                case 1 -> new DetectorReply.KeepWaiting();
                case 2 -> new DetectorReply.Deadlock(readCircle(in));
                case 3 -> new DetectorReply.NotHost();
                default -> throw new CorruptBytes("no reply of the detector has kind " + kind);
            };
        }
    }

    private static List<Timestamp> readCircle(ByteReader in) {
        int count = in.getCount();
        List<Timestamp> circle = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            circle.add(readTimestamp(in));
        }
        return List.copyOf(circle);
    }

    private static Timestamp readTimestamp(ByteReader in) {
        return new Timestamp(in.getLong());
    }

    private static void expectVersion(ByteReader in) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("the detector speaks version " + VERSION + ", not " + version);
        }
    }
}
