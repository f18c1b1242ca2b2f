package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.raftstore.raft.ConfChange.Change;
import io.quorate.raftstore.raft.ConfChange.ChangeKind;
import io.quorate.raftstore.raft.ConfChange.Transition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a [ConfChange]; the format is described at [ConfChange#encode()].
final class ConfChangeCodec {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 1 + Integer.BYTES;
    private static final int CHANGE_BYTES = 1 + Long.BYTES;

    private ConfChangeCodec() {}

    static ByteSlice encode(ConfChange change) {
        if (change.equals(ConfChange.LEAVE_JOINT)) {
            return ByteSlice.EMPTY;
        }
        int changesBytes = change.changes().size() * CHANGE_BYTES;
        ByteBuffer out =
                ByteBuffer.allocate(HEADER_BYTES + changesBytes + change.context().length());
        out.put(VERSION).put((byte) change.transition().ordinal()).putInt(change.changes().size());
        for (Change each : change.changes()) {
            out.put((byte) each.kind().ordinal()).putLong(each.peer());
        }
        out.put(change.context().asByteBuffer());
        return ByteSlice.wrap(out.array());
    }

    static ConfChange decode(ByteSlice data) {
        if (data.isEmpty()) {
            return ConfChange.LEAVE_JOINT;
        }
        ByteBuffer in = data.asByteBuffer();
        require(in.remaining() >= HEADER_BYTES, "a membership change is cut short", data);
        require(in.get() == VERSION, "a membership change of an unknown version", data);
        Transition transition = constant(Transition.values(), in.get(), data);
        int count = in.getInt();
        require(
                count >= 0 && count <= in.remaining() / CHANGE_BYTES,
                "a membership change is cut short",
                data);
        List<Change> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changes.add(new Change(constant(ChangeKind.values(), in.get(), data), in.getLong()));
        }
        return new ConfChange(transition, changes, data.slice(data.length() - in.remaining()));
    }

    private static <T> T constant(T[] constants, byte ordinal, ByteSlice data) {
        require(ordinal >= 0 && ordinal < constants.length, "an unknown constant", data);
        return constants[ordinal];
    }

    private static void require(boolean holds, String what, ByteSlice data) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": " + data);
        }
    }
}
