package io.quorate.raftstore.raft.search;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.raftstore.raft.ConfChange;
import io.quorate.raftstore.raft.ConfChange.ChangeKind;
import io.quorate.raftstore.raft.ConfState;
import java.util.List;

/// The worlds that are searched.
final class Worlds {
    private static final ConfState THREE = ConfState.ofVoters(List.of(1L, 2L, 3L));

    private Worlds() {}

    static List<World> all() {
        return List.of(
                new World("birth", 3, THREE, 2, 3, 1, true, false, false, null, List.of()),
                new World(
                        "led", 3, THREE, 2, 3, 1, true, true, false, null,
                        List.of("campaign 1", "settle 1 2 3", "forget")),
                new World(
                        "change", 3, ConfState.ofVoters(List.of(1L, 2L)), 2, 3, 1, true, false, false,
                        new ConfChange(ConfChange.Transition.JOINT_IMPLICIT, List.of(new ConfChange.Change(ChangeKind.ADD_VOTER, 3), new ConfChange.Change(ChangeKind.REMOVE, 1)), ByteSlice.EMPTY),
                        List.of("campaign 1", "settle 1 2 3", "forget")));
    }
}
