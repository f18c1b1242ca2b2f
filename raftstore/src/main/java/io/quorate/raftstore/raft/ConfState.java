package io.quorate.raftstore.raft;

import java.util.List;

/// The membership of a group, as persisted and as carried by snapshots. Ids are sorted, unique.
///
/// @param voters who votes; in a joint configuration, the incoming half
/// @param votersOutgoing the outgoing half of a joint configuration, empty otherwise
/// @param learners who replicates without voting
/// @param learnersNext voters of the outgoing half that become learners when it is left
/// @param autoLeave whether the leader leaves the joint configuration by itself
public record ConfState(
        List<Long> voters,
        List<Long> votersOutgoing,
        List<Long> learners,
        List<Long> learnersNext,
        boolean autoLeave) {

    /// No member at all: a replica that waits for a snapshot to tell it where it belongs.
    public static final ConfState EMPTY = ofVoters(List.of());

    public ConfState {
        voters = List.copyOf(voters);
        votersOutgoing = List.copyOf(votersOutgoing);
        learners = List.copyOf(learners);
        learnersNext = List.copyOf(learnersNext);
    }

    /// A plain configuration of voters only.
    public static ConfState ofVoters(List<Long> voters) {
        return new ConfState(voters, List.of(), List.of(), List.of(), false);
    }
}
