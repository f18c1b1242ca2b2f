package io.quorate.tso.meta;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.NodeId;
import io.quorate.tso.api.Timestamp;

/// The bytes of a [MetaCommand] in the log: a version, the kind, the fields. Described in
/// `docs/storage-format.md`.
public final class MetaCommands {
    private static final int VERSION = 1;

    private MetaCommands() {}

    public static ByteSlice encode(MetaCommand command) {
        ByteWriter out = new ByteWriter();
        out.putByte(VERSION);
        switch (command) {
            case MetaCommand.RaiseLimit(long limitMillis) -> {
                out.putByte(1);
                out.putVarLong(limitMillis);
            }
            case MetaCommand.AllocateIds(int count) -> {
                out.putByte(2);
                out.putVarInt(count);
            }
            case MetaCommand.GrantLease(NodeId node, long version, Timestamp until) -> {
                out.putByte(3);
                out.putVarInt(node.value());
                out.putVarLong(version);
                out.putLong(until.value());
            }
            case MetaCommand.RaiseMinimumVersion(long version, Timestamp now) -> {
                out.putByte(4);
                out.putVarLong(version);
                out.putLong(now.value());
            }
            case MetaCommand.ReleaseLeases(NodeId node, long belowVersion) -> {
                out.putByte(5);
                out.putVarInt(node.value());
                out.putVarLong(belowVersion);
            }
        }
        return out.toSlice();
    }

    public static MetaCommand decode(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("an entry of the oracle has version 1, not " + version);
        }
        int kind = in.getByte();
        MetaCommand command =
                switch (kind) {
                    case 1 -> new MetaCommand.RaiseLimit(in.getVarLong());
                    case 2 -> new MetaCommand.AllocateIds(in.getVarInt());
                    case 3 ->
                            new MetaCommand.GrantLease(
                                    new NodeId(in.getVarInt()),
                                    in.getVarLong(),
                                    new Timestamp(in.getLong()));
                    case 4 ->
                            new MetaCommand.RaiseMinimumVersion(
                                    in.getVarLong(), new Timestamp(in.getLong()));
                    case 5 ->
                            new MetaCommand.ReleaseLeases(
                                    new NodeId(in.getVarInt()), in.getVarLong());
                    default -> throw new CorruptBytes("no entry of the oracle has kind " + kind);
                };
        in.expectEnd();
        return command;
    }
}
