package io.quorate.raftstore.raft.search;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.raftstore.raft.ConfChange;
import io.quorate.raftstore.raft.ConfChange.Change;
import io.quorate.raftstore.raft.ConfChange.ChangeKind;
import io.quorate.raftstore.raft.ConfChange.Transition;
import io.quorate.raftstore.raft.ConfState;
import java.util.List;
import java.util.stream.Stream;

/// The worlds that are searched.
final class Worlds {
    private static final ConfState THREE = ConfState.ofVoters(List.of(1L, 2L, 3L));

    private static final ConfState TWO = ConfState.ofVoters(List.of(1L, 2L));

    /// Leaves nobody of the old majority in the new one.
    private static final ConfChange HAND_OVER =
            new ConfChange(
                    Transition.JOINT_EXPLICIT,
                    List.of(
                            new Change(ChangeKind.ADD_VOTER, 3),
                            new Change(ChangeKind.REMOVE, 1),
                            new Change(ChangeKind.REMOVE, 2)),
                    ByteSlice.EMPTY);

    private static final ConfChange SWAP =
            new ConfChange(
                    Transition.AUTO,
                    List.of(new Change(ChangeKind.ADD_VOTER, 3), new Change(ChangeKind.REMOVE, 2)),
                    ByteSlice.EMPTY);

    private static final List<String> LED = List.of("campaign 1", "settle 1 2 3", "forget");

    /// Replica 1 led and has an entry that nobody else has; so has 3, of the term after.
    private static final List<String> FIGURE_8 =
            List.of(
                    "campaign 1",
                    "settle 1 2 3",
                    "forget",
                    "propose 1",
                    "forget",
                    "campaign 3",
                    "deliver 1",
                    "deliver 2",
                    "deliver 3",
                    "forget");

    /// Replica 1 leads again and spreads its old entry.
    private static final List<String> RECOUNT =
            Stream.concat(FIGURE_8.stream(), Stream.of("campaign 1", "deliver 2", "deliver 1"))
                    .toList();

    /// The leader has entered the joint configuration, replica 2 does not know that it may.
    private static final List<String> JOINT =
            List.of(
                    "campaign 1",
                    "settle 1 2 3",
                    "forget",
                    "change 1",
                    "write 1",
                    "deliver 2",
                    "write 2",
                    "deliver 1",
                    "forget",
                    "apply 1");

    /// Replica 3, new in the group, knows of the joint configuration too.
    private static final List<String> JOINT_KNOWN =
            Stream.concat(JOINT.stream(), Stream.of("settle 1 3", "forget")).toList();

    private Worlds() {}

    static World named(String name) {
        return all().stream()
                .filter(world -> world.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no world is called " + name));
    }

    static List<World> all() {
        return List.of(
                World.of("birth", THREE).bounded(1, 2, 2).withSlowDisks(),
                World.of("led", THREE).withSlowDisks().withTicks().after(LED),
                World.of("figure8", THREE).bounded(4, 3, 0).withTicks().after(FIGURE_8),
                World.of("recount", THREE).bounded(4, 3, 0).withTicks().after(RECOUNT),
                World.of("joint", TWO)
                        .bounded(2, 4, 1)
                        .withSlowDisks()
                        .changing(HAND_OVER)
                        .after(JOINT),
                World.of("joined", TWO).bounded(3, 4, 1).changing(HAND_OVER).after(JOINT_KNOWN),
                World.of("change", TWO).changing(SWAP).after(LED),
                World.of("prevote", THREE).bounded(2, 2, 1).withPreVotes());
    }
}
