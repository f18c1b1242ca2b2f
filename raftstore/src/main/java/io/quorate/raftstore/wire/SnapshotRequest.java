package io.quorate.raftstore.wire;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Network;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Message;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What the sender of a snapshot asks of its receiver.
public sealed interface SnapshotRequest {
    Network.Service<SnapshotRequest, SnapshotReply> SERVICE =
            new Network.Service<>(
                    "raft-snapshot", new SnapshotRequestCodec(), new SnapshotReplyCodec());

    /// Which snapshot: a group's state as of one entry.
    Key key();

    /// @param term of the entry at `index`
    record Key(GroupId group, long index, long term) {}

    /// Says what is coming; `install` is stepped once all of it has come.
    record Offer(GroupId group, Message.InstallSnapshot install) implements SnapshotRequest {
        @Override
        public Key key() {
            return new Key(group, install.snapshot().index(), install.snapshot().term());
        }
    }

    /// A part of the content, from `offset` on.
    record Chunk(Key key, long offset, int checksum, ByteSlice data) implements SnapshotRequest {
        public static Chunk of(Key key, long offset, ByteSlice data) {
            return new Chunk(key, offset, checksumOf(key, offset, data), data);
        }

        public boolean isWhole() {
            return checksum == checksumOf(key, offset, data);
        }
    }

    /// The content ends at `bytes`.
    record Finish(Key key, long bytes) implements SnapshotRequest {}

    /// CRC32C of a chunk and of where it belongs, so that neither can be taken for another.
    static int checksumOf(Key key, long offset, ByteSlice data) {
        CRC32C crc = new CRC32C();
        ByteBuffer place = ByteBuffer.allocate(4 * Long.BYTES);
        place.putLong(key.group().value()).putLong(key.index()).putLong(key.term()).putLong(offset);
        crc.update(place.flip());
        crc.update(data.asByteBuffer());
        return (int) crc.getValue();
    }
}
