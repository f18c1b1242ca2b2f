package io.quorate.raftstore.raft;

import io.quorate.raftstore.raft.ConfChange.Change;
import io.quorate.raftstore.raft.progress.Members;
import io.quorate.raftstore.raft.quorum.JointQuorum;
import io.quorate.raftstore.raft.quorum.Majority;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Works out the membership that follows from a change, on sets of its own: one use, then done.
///
/// A voter that becomes a learner within a joint configuration goes on voting in the outgoing half,
/// and turns into a learner when that is left.
final class ConfChanger {
    /// @param kept the members that go on with the progress they had; the others start anew, among
    ///   them one that was removed and added again in the same change
    record Outcome(Members members, SortedSet<Long> kept) {}

    private final TreeSet<Long> incoming;
    private final TreeSet<Long> outgoing;
    private final TreeSet<Long> learners;
    private final TreeSet<Long> learnersNext;
    private final TreeSet<Long> kept;

    private ConfChanger(Members before) {
        this.incoming = setOf(before.quorum().incoming());
        this.outgoing = setOf(before.quorum().outgoing());
        this.learners = new TreeSet<>(before.learners());
        this.learnersNext = new TreeSet<>(before.learnersNext());
        this.kept = new TreeSet<>(before.all());
    }

    /// Puts a change into effect in the way it asks for. Throws [IllegalArgumentException] with the
    /// reason if it does not fit `before`.
    static Outcome change(Members before, ConfChange change) {
        if (change.leavesJoint()) {
            return leaveJoint(before);
        }
        if (change.entersJoint()) {
            boolean autoLeave = change.transition() != ConfChange.Transition.JOINT_EXPLICIT;
            return enterJoint(before, autoLeave, change.changes());
        }
        return simple(before, change.changes());
    }

    /// Enters a joint configuration with the present voters as its outgoing half.
    static Outcome enterJoint(Members before, boolean autoLeave, List<Change> changes) {
        refuseIf(before.quorum().isJoint(), "config is already joint");
        refuseIf(before.quorum().incoming().isEmpty(), "can't make a zero-voter config joint");
        ConfChanger changer = new ConfChanger(before);
        changer.outgoing.addAll(changer.incoming);
        changer.apply(changes);
        return changer.outcome(autoLeave);
    }

    static Outcome leaveJoint(Members before) {
        refuseIf(!before.quorum().isJoint(), "can't leave a non-joint config");
        ConfChanger changer = new ConfChanger(before);
        changer.learners.addAll(changer.learnersNext);
        changer.learnersNext.clear();
        changer.outgoing.clear();
        return changer.outcome(false);
    }

    /// Changes at most one voter, so that old and new majorities overlap by themselves.
    static Outcome simple(Members before, List<Change> changes) {
        refuseIf(before.quorum().isJoint(), "can't apply simple config change in joint config");
        ConfChanger changer = new ConfChanger(before);
        changer.apply(changes);
        refuseIf(
                difference(setOf(before.quorum().incoming()), changer.incoming) > 1,
                "more than one voter changed without entering joint config");
        return changer.outcome(before.autoLeave());
    }

    /// The membership that was persisted.
    static Members restore(ConfState state) {
        return new Members(
                new JointQuorum(Majority.of(state.voters()), Majority.of(state.votersOutgoing())),
                new TreeSet<>(state.learners()),
                new TreeSet<>(state.learnersNext()),
                state.autoLeave());
    }

    /// The membership to persist.
    static ConfState describe(Members members) {
        return new ConfState(
                List.copyOf(setOf(members.quorum().incoming())),
                List.copyOf(setOf(members.quorum().outgoing())),
                List.copyOf(members.learners()),
                List.copyOf(members.learnersNext()),
                members.autoLeave());
    }

    private void apply(List<Change> changes) {
        for (Change change : changes) {
            long peer = change.peer();
            if (peer != Raft.NONE) {
                switch (change.kind()) {
                    case ADD_VOTER -> makeVoter(peer);
                    case ADD_LEARNER -> makeLearner(peer);
                    case REMOVE -> remove(peer);
                    case UPDATE -> {}
                }
            }
        }
        refuseIf(incoming.isEmpty(), "removed all voters");
    }

    private void makeVoter(long peer) {
        learners.remove(peer);
        learnersNext.remove(peer);
        incoming.add(peer);
    }

    private void makeLearner(long peer) {
        if (learners.contains(peer)) {
            return;
        }
        incoming.remove(peer);
        if (outgoing.contains(peer)) {
            learnersNext.add(peer);
        } else {
            learners.add(peer);
        }
    }

    private void remove(long peer) {
        incoming.remove(peer);
        learners.remove(peer);
        learnersNext.remove(peer);
        if (!outgoing.contains(peer)) {
            kept.remove(peer);
        }
    }

    private Outcome outcome(boolean autoLeave) {
        JointQuorum quorum = new JointQuorum(Majority.of(incoming), Majority.of(outgoing));
        Members after = new Members(quorum, learners, learnersNext, autoLeave);
        kept.retainAll(after.all());
        return new Outcome(after, Collections.unmodifiableSortedSet(kept));
    }

    private static TreeSet<Long> setOf(Majority majority) {
        TreeSet<Long> set = new TreeSet<>();
        for (long voter : majority.voters()) {
            set.add(voter);
        }
        return set;
    }

    private static int difference(Collection<Long> left, Collection<Long> right) {
        TreeSet<Long> either = new TreeSet<>(left);
        either.addAll(right);
        TreeSet<Long> both = new TreeSet<>(left);
        both.retainAll(right);
        return either.size() - both.size();
    }

    private static void refuseIf(boolean unfit, String why) {
        if (unfit) {
            throw new IllegalArgumentException(why);
        }
    }
}
