package io.quorate.tso.rpc;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Network.Service;
import io.quorate.common.env.NodeId;
import io.quorate.tso.api.ClusterMeta.OldLease;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The oracle's service and its bytes: a version, the kind, the fields. Described in `docs/rpc.md`.
public final class TsoService {
    private static final int VERSION = 1;

    private TsoService() {}

    public static Service<TsoRequest, TsoReply> service() {
        return new Service<>("tso", new Requests(), new Replies());
    }

    private static final class Requests implements Codec<TsoRequest> {
        @Override
        public void write(TsoRequest request, ByteWriter out) {
            out.putByte(VERSION);
            switch (request) {
                case TsoRequest.GetTimestamps(int count) -> {
                    out.putByte(1);
                    out.putVarInt(count);
                }
                case TsoRequest.AllocateIds(int count) -> {
                    out.putByte(2);
                    out.putVarInt(count);
                }
                case TsoRequest.RenewSchemaLease(NodeId node, long version) -> {
                    out.putByte(3);
                    out.putVarInt(node.value());
                    out.putVarLong(version);
                }
                case TsoRequest.RaiseMinimumSchemaVersion(long version) -> {
                    out.putByte(4);
                    out.putVarLong(version);
                }
                case TsoRequest.ReleaseSchemaLeases(NodeId node, long belowVersion) -> {
                    out.putByte(5);
                    out.putVarInt(node.value());
                    out.putVarLong(belowVersion);
                }
            }
        }

        @Override
        public TsoRequest read(ByteReader in) {
            expectVersion(in);
            int kind = in.getByte();
            return switch (kind) {
                case 1 -> new TsoRequest.GetTimestamps(in.getVarInt());
                case 2 -> new TsoRequest.AllocateIds(in.getVarInt());
                case 3 -> new TsoRequest.RenewSchemaLease(readNode(in), in.getVarLong());
                case 4 -> new TsoRequest.RaiseMinimumSchemaVersion(in.getVarLong());
                case 5 -> new TsoRequest.ReleaseSchemaLeases(readNode(in), in.getVarLong());
                default -> throw new CorruptBytes("no request to the oracle has kind " + kind);
            };
        }
    }

    private static final class Replies implements Codec<TsoReply> {
        @Override
        public void write(TsoReply reply, ByteWriter out) {
            out.putByte(VERSION);
            switch (reply) {
                case TsoReply.Timestamps(Timestamp first, int count) -> {
                    out.putByte(1);
                    out.putLong(first.value());
                    out.putVarInt(count);
                }
                case TsoReply.Ids(long first) -> {
                    out.putByte(2);
                    out.putVarLong(first);
                }
                case TsoReply.LeaseGranted(long version, Timestamp until) -> {
                    out.putByte(3);
                    out.putVarLong(version);
                    out.putLong(until.value());
                }
                case TsoReply.LeaseRefused(long minimumVersion) -> {
                    out.putByte(4);
                    out.putVarLong(minimumVersion);
                }
                case TsoReply.OldLeases(List<OldLease> leases) -> {
                    out.putByte(5);
                    writeLeases(leases, out);
                }
                case TsoReply.Released() -> out.putByte(6);
                case TsoReply.NotLeader(NodeId leader) -> {
                    out.putByte(7);
                    out.putVarInt(leader == null ? 0 : leader.value());
                }
                case TsoReply.TryAgain(String why) -> {
                    out.putByte(8);
                    out.putString(why);
                }
            }
        }

        @Override
        public TsoReply read(ByteReader in) {
            expectVersion(in);
            int kind = in.getByte();
            return switch (kind) {
                case 1 -> new TsoReply.Timestamps(new Timestamp(in.getLong()), in.getVarInt());
                case 2 -> new TsoReply.Ids(in.getVarLong());
                case 3 -> new TsoReply.LeaseGranted(in.getVarLong(), new Timestamp(in.getLong()));
                case 4 -> new TsoReply.LeaseRefused(in.getVarLong());
                case 5 -> new TsoReply.OldLeases(readLeases(in));
                case 6 -> new TsoReply.Released();
                case 7 -> new TsoReply.NotLeader(readNodeOrNone(in));
                case 8 -> new TsoReply.TryAgain(in.getString());
                default -> throw new CorruptBytes("no reply of the oracle has kind " + kind);
            };
        }
    }

    private static void writeLeases(List<OldLease> leases, ByteWriter out) {
        out.putVarInt(leases.size());
        for (OldLease lease : leases) {
            out.putVarInt(lease.node().value());
            out.putVarLong(lease.version());
            out.putLong(lease.until().value());
        }
    }

    private static List<OldLease> readLeases(ByteReader in) {
        int count = in.getCount();
        List<OldLease> leases = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            leases.add(new OldLease(readNode(in), in.getVarLong(), new Timestamp(in.getLong())));
        }
        return List.copyOf(leases);
    }

    private static NodeId readNode(ByteReader in) {
        NodeId node = readNodeOrNone(in);
        if (node == null) {
            throw new CorruptBytes("a node id is positive");
        }
        return node;
    }

    private static @Nullable NodeId readNodeOrNone(ByteReader in) {
        int value = in.getVarInt();
        if (value < 0) {
            throw new CorruptBytes("a node id is positive, not " + value);
        }
        return value == 0 ? null : new NodeId(value);
    }

    private static void expectVersion(ByteReader in) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("the oracle speaks version " + VERSION + ", not " + version);
        }
    }
}
