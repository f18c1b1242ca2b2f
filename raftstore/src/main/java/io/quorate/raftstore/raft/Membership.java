package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.progress.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes of membership: which may be proposed, and what they bring about when applied.
///
/// A change takes effect when it is applied, not when it is appended. What keeps this safe: at most
/// one change is between proposal and application, and nobody campaigns while a committed one is
/// not applied.
final class Membership {
    private final Replica replica;
    private final Replication replication;

    Membership(Replica replica, Replication replication) {
        this.replica = replica;
        this.replication = replication;
    }

    /// Why a leader must not append this change now; null if it may.
    @Nullable String refusal(ConfChange change) {
        if (!replica.config.validateConfChanges()) {
            return null;
        }
        if (replica.pendingConfIndex > replica.log.applied()) {
            return "an earlier change may not be applied yet";
        }
        boolean joint = replica.tracker.members().quorum().isJoint();
        boolean leaves = change.changes().isEmpty();
        if (joint && !leaves) {
            return "the joint configuration must be left first";
        }
        if (!joint && leaves) {
            return "there is no joint configuration to leave";
        }
        return null;
    }

    /// Puts a committed change into effect.
    ConfState apply(ConfChange change) {
        ConfChanger.Outcome outcome = ConfChanger.change(replica.tracker.members(), change);
        replica.tracker.switchTo(
                outcome.members(), outcome.kept(), Math.max(replica.log.lastIndex(), 1));
        afterSwitch();
        return ConfChanger.describe(replica.tracker.members());
    }

    /// Takes over a persisted membership, at start or with a snapshot.
    void restore(ConfState state) {
        long lastIndex = replica.log.lastIndex();
        replica.tracker.switchTo(ConfChanger.restore(state), List.of(), Math.max(lastIndex, 1));
        replica.tracker.restart(replica.id, lastIndex);
    }

    /// Leaves a joint configuration that wants to be left, once entering it has been applied.
    void maybeAutoLeave() {
        Members members = replica.tracker.members();
        if (members.autoLeave()
                && replica.isLeader()
                && replica.transferee == Raft.NONE
                && replica.log.applied() >= replica.pendingConfIndex) {
            propose(ConfChange.LEAVE_JOINT, EntryKind.CONF_CHANGE);
        }
    }

    /// Appends a change that was not refused. Returns whether it was taken.
    boolean propose(ConfChange change, EntryKind kind) {
        Check.that(refusal(change) == null, "only a fitting change is proposed");
        Entry entry = new Entry(0, 0, kind, change.encode());
        if (!replication.append(List.of(entry))) {
            return false;
        }
        replica.pendingConfIndex = replica.log.lastIndex();
        replication.broadcastAppend();
        return true;
    }

    private void afterSwitch() {
        if (!replica.isLeader()) {
            return;
        }
        boolean votes = replica.tracker.isVoter(replica.id);
        if (!votes) {
            // Removed or demoted by what it just applied; it may have to go on until the others
            // have learnt of it.
            if (replica.config.stepDownOnRemoval()) {
                replica.becomeFollower(replica.term(), Raft.NONE);
            }
            return;
        }
        if (replication.maybeCommit()) {
            // Fewer acknowledgements may be enough now.
            replication.broadcastAppend();
        } else {
            for (long peer : List.copyOf(replica.tracker.progress().keySet())) {
                if (peer != replica.id) {
                    replication.sendAppend(peer, false);
                }
            }
        }
        if (!replica.tracker.isVoter(replica.transferee)) {
            replica.transferee = Raft.NONE;
        }
    }
}
