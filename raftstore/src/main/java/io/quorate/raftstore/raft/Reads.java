package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;

/// Linearizable reads without the log (thesis, 6.4).
///
/// A leader may not serve before it has committed an entry of its own term: until then it does not
/// know everything that its predecessors committed. Reads that come earlier wait.
final class Reads {
    private final Replica replica;
    private final Replication replication;

    Reads(Replica replica, Replication replication) {
        this.replica = replica;
        this.replication = replication;
    }

    /// A read of this replica itself. Returns false if there is nobody to confirm it.
    boolean ask(long context) {
        if (replica.isLeader()) {
            replica.rounds.add(new ReadRounds.Read(replica.id, context));
            return true;
        }
        if (replica.leader() == Raft.NONE) {
            return false;
        }
        replica.outbox.send(new Message.ReadIndex(replica.id, replica.leader(), 0, context));
        return true;
    }

    /// A read passed on by a follower; dropped unless this replica leads.
    void receive(Message.ReadIndex message) {
        if (replica.isLeader()) {
            replica.rounds.add(new ReadRounds.Read(message.from(), message.context()));
        }
    }

    void receiveReply(Message.ReadIndexReply reply) {
        replica.readStates.add(new ReadState(reply.context(), reply.index()));
    }

    /// Whether a round can start now.
    boolean canStart() {
        return replica.isLeader() && replica.rounds.hasWaiting() && replication.committedInTerm();
    }

    /// Starts one round for all waiting reads.
    void startRound() {
        Check.that(
                replication.committedInTerm(),
                "reads are confirmed only after a commit in the leader's term");
        replica.rounds.start(replica.id, replica.log.commit());
        replication.broadcastHeartbeat();
        answerConfirmed();
    }

    void answered(Message.HeartbeatReply reply) {
        replica.rounds.answer(reply.from(), reply.readRound());
        answerConfirmed();
    }

    private void answerConfirmed() {
        for (ReadRounds.Confirmed each :
                replica.rounds.takeConfirmed(replica.tracker.members().quorum())) {
            long asker = each.read().from();
            long context = each.read().context();
            if (asker == replica.id) {
                replica.readStates.add(new ReadState(context, each.index()));
            } else {
                replica.outbox.send(
                        new Message.ReadIndexReply(
                                replica.id, asker, replica.term(), context, each.index()));
            }
        }
    }
}
