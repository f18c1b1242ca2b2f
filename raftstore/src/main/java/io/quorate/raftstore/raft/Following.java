package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import java.util.List;

/// The follower's side of the log: taking over what the leader of the current term sends.
final class Following {
    private final Replica replica;
    private final Membership membership;

    Following(Replica replica, Membership membership) {
        this.replica = replica;
        this.membership = membership;
    }

    void receiveAppend(Message.Append append) {
        RaftLog log = replica.log;
        if (append.index() < log.commit()) {
            // Everything up to the commit index agrees; tell the leader to go on from there.
            accept(append.from(), log.commit());
            return;
        }
        if (log.maybeAppend(append.term(), append.logTerm(), append.index(), append.entries())) {
            long last = append.index() + append.entries().size();
            log.commitTo(Math.min(append.commit(), last));
            accept(append.from(), last);
            return;
        }
        // The logs disagree at `index`, and so wherever our term is above the leader's there.
        long hint =
                log.lastIndexNotAfterTerm(
                        Math.min(append.index(), log.lastIndex()), append.logTerm());
        replica.outbox.send(
                new Message.AppendReply(
                        replica.id,
                        append.from(),
                        replica.term(),
                        append.index(),
                        true,
                        hint,
                        log.termOrZero(hint)));
    }

    void receiveHeartbeat(Message.Heartbeat heartbeat) {
        // A leader names no more than what this replica acknowledged as durable.
        Check.that(
                heartbeat.commit() <= replica.log.lastIndex(),
                "acknowledged up to %s, the log ends at %s: the disk lost what it had synced",
                heartbeat.commit(),
                replica.log.lastIndex());
        replica.log.commitTo(heartbeat.commit());
        replica.outbox.send(
                new Message.HeartbeatReply(
                        replica.id, heartbeat.from(), replica.term(), heartbeat.readRound()));
    }

    void receiveSnapshot(Message.InstallSnapshot install) {
        boolean restored = restore(install.snapshot());
        accept(install.from(), restored ? replica.log.lastIndex() : replica.log.commit());
    }

    /// Replaces the log by a snapshot, unless the log has all of it.
    private boolean restore(Snapshot snapshot) {
        RaftLog log = replica.log;
        if (snapshot.index() <= log.commit() || !isMemberIn(snapshot.confState())) {
            return false;
        }
        if (log.matches(snapshot.index(), snapshot.term())) {
            log.commitTo(snapshot.index());
            return false;
        }
        log.restore(replica.term(), snapshot);
        membership.restore(snapshot.confState());
        return true;
    }

    /// Whether a configuration has this replica: a snapshot that leaves it out is not for it.
    private boolean isMemberIn(ConfState confState) {
        return List.of(confState.voters(), confState.votersOutgoing(), confState.learners())
                .stream()
                .anyMatch(peers -> peers.contains(replica.id));
    }

    private void accept(long leader, long index) {
        replica.outbox.send(
                new Message.AppendReply(replica.id, leader, replica.term(), index, false, 0, 0));
    }
}
