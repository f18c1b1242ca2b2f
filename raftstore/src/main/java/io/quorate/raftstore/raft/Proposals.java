package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.ProposeOutcome.Appended;
import io.quorate.raftstore.raft.ProposeOutcome.Forwarded;
import io.quorate.raftstore.raft.ProposeOutcome.Reason;
import io.quorate.raftstore.raft.ProposeOutcome.Refused;
import java.util.ArrayList;
import java.util.List;

/// What clients ask a group to do, here or passed on to the leader.
final class Proposals {
    private final Replica replica;
    private final Replication replication;
    private final Membership membership;

    Proposals(Replica replica, Replication replication, Membership membership) {
        this.replica = replica;
        this.replication = replication;
        this.membership = membership;
    }

    ProposeOutcome propose(List<ByteSlice> payloads) {
        Check.that(!payloads.isEmpty(), "a proposal proposes something");
        List<Entry> entries = new ArrayList<>(payloads.size());
        for (ByteSlice payload : payloads) {
            entries.add(new Entry(0, 0, EntryKind.NORMAL, payload));
        }
        return replica.isLeader() ? proposeHere(entries) : passOn(entries);
    }

    ProposeOutcome proposeConfChange(ConfChange change, EntryKind kind) {
        Check.that(kind != EntryKind.NORMAL, "a membership change has a kind of its own");
        return replica.isLeader()
                ? proposeHere(change, kind)
                : passOn(List.of(new Entry(0, 0, kind, change.encode())));
    }

    /// A follower passed entries on. There is nobody to tell if they are refused.
    void receive(Message.Propose message) {
        if (!replica.isLeader()) {
            passOn(message.entries());
            return;
        }
        List<Entry> normal = new ArrayList<>();
        for (Entry entry : message.entries()) {
            if (entry.kind() == EntryKind.NORMAL) {
                normal.add(entry);
            } else {
                proposeHere(ConfChange.decode(entry.data()), entry.kind());
            }
        }
        if (!normal.isEmpty()) {
            proposeHere(normal);
        }
    }

    void transferTo(long transferee) {
        if (replica.isLeader()) {
            replication.transferTo(transferee);
        } else if (replica.role() == RaftRole.FOLLOWER && replica.leader() != Raft.NONE) {
            replica.outbox.send(
                    new Message.TransferLeader(
                            replica.id, replica.leader(), replica.term(), transferee));
        }
    }

    private ProposeOutcome proposeHere(List<Entry> entries) {
        if (replica.tracker.of(replica.id) == null) {
            return new Refused(Reason.NOT_A_MEMBER);
        }
        if (replica.transferee != Raft.NONE) {
            return new Refused(Reason.TRANSFERRING);
        }
        long first = replica.log.lastIndex() + 1;
        if (!replication.append(entries)) {
            return new Refused(Reason.TOO_MUCH_UNCOMMITTED);
        }
        replication.broadcastAppend();
        return new Appended(replica.term(), first);
    }

    private ProposeOutcome proposeHere(ConfChange change, EntryKind kind) {
        if (replica.tracker.of(replica.id) == null) {
            return new Refused(Reason.NOT_A_MEMBER);
        }
        if (replica.transferee != Raft.NONE) {
            return new Refused(Reason.TRANSFERRING);
        }
        if (membership.refusal(change) != null) {
            return new Refused(Reason.CONF_CHANGE_REFUSED);
        }
        long index = replica.log.lastIndex() + 1;
        return membership.propose(change, kind)
                ? new Appended(replica.term(), index)
                : new Refused(Reason.TOO_MUCH_UNCOMMITTED);
    }

    private ProposeOutcome passOn(List<Entry> entries) {
        boolean may =
                replica.role() == RaftRole.FOLLOWER
                        && replica.leader() != Raft.NONE
                        && replica.config.forwardProposals();
        if (!may) {
            return new Refused(Reason.NO_LEADER);
        }
        replica.outbox.send(new Message.Propose(replica.id, replica.leader(), 0, entries));
        return new Forwarded(replica.leader());
    }
}
