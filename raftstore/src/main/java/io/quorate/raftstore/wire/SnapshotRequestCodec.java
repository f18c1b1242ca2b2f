package io.quorate.raftstore.wire;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Message;

/// The bytes of a [SnapshotRequest].
final class SnapshotRequestCodec implements Codec<SnapshotRequest> {
    private static final int VERSION = 1;
    private static final int OFFER = 1;
    private static final int CHUNK = 2;
    private static final int FINISH = 3;

    @Override
    public void write(SnapshotRequest request, ByteWriter out) {
        out.putByte(VERSION);
        switch (request) {
            case SnapshotRequest.Offer offer -> {
                out.putByte(OFFER);
                out.putVarLong(offer.group().value());
                MessageCodec.write(offer.install(), out);
            }
            case SnapshotRequest.Chunk chunk -> {
                out.putByte(CHUNK);
                write(chunk.key(), out);
                out.putVarLong(chunk.offset());
                out.putInt(chunk.checksum());
                out.putBytes(chunk.data());
            }
            case SnapshotRequest.Finish finish -> {
                out.putByte(FINISH);
                write(finish.key(), out);
                out.putVarLong(finish.bytes());
            }
        }
    }

    @Override
    public SnapshotRequest read(ByteReader in) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("a request about a snapshot of version " + version);
        }
        int type = in.getByte();
        return switch (type) {
            case OFFER -> {
                GroupId group = new GroupId(in.getVarLong());
                if (!(MessageCodec.read(in) instanceof Message.InstallSnapshot install)) {
                    throw new CorruptBytes("a snapshot is offered by an install message");
                }
                yield new SnapshotRequest.Offer(group, install);
            }
            case CHUNK ->
                    new SnapshotRequest.Chunk(
                            readKey(in), in.getVarLong(), in.getInt(), in.getBytes());
            case FINISH -> new SnapshotRequest.Finish(readKey(in), in.getVarLong());
            default -> throw new CorruptBytes("no request about a snapshot has type " + type);
        };
    }

    private static void write(SnapshotRequest.Key key, ByteWriter out) {
        out.putVarLong(key.group().value());
        out.putVarLong(key.index());
        out.putVarLong(key.term());
    }

    private static SnapshotRequest.Key readKey(ByteReader in) {
        return new SnapshotRequest.Key(
                new GroupId(in.getVarLong()), in.getVarLong(), in.getVarLong());
    }
}
