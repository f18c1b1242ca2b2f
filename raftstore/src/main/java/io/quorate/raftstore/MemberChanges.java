package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.raftstore.api.MemberChange;
import io.quorate.raftstore.raft.ConfChange;
import java.util.ArrayList;
import java.util.List;

/// Changes of members, as the core takes them.
final class MemberChanges {
    private MemberChanges() {}

    static ConfChange toCore(MemberChange change) {
        List<ConfChange.Change> changes = new ArrayList<>();
        for (MemberChange.Part part : change.parts()) {
            changes.add(new ConfChange.Change(kind(part.kind()), part.node().value()));
        }
        return new ConfChange(ConfChange.Transition.AUTO, changes, ByteSlice.EMPTY);
    }

    private static ConfChange.ChangeKind kind(MemberChange.Kind kind) {
        return switch (kind) {
            case ADD_LEARNER -> ConfChange.ChangeKind.ADD_LEARNER;
            case ADD_VOTER -> ConfChange.ChangeKind.ADD_VOTER;
            case REMOVE -> ConfChange.ChangeKind.REMOVE;
        };
    }
}
