package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.progress.Progress;

/// What holds after every input, whatever it was; looked at from the state before it. Costs a few
/// comparisons, and one per member when a leader commits.
///
/// Kept elsewhere, where they arise: no gap, no falling term and nothing replaced below the commit
/// index ([RaftLog]); one vote a term ([Replica]); no campaign while a committed membership change
/// is not applied ([Election]); one change at a time, and a joint configuration left only once it is
/// in force ([Membership]); all promises wait for the disk ([Outbox]); reads only after a commit in
/// the term ([Reads]); what a follower acknowledged it still has ([Following]), and no leader
/// forgets it ([Progress]).
final class Invariants {
    private final Replica replica;
    private long term;
    private long vote;
    private long leaderOfTerm;
    private RaftRole role;
    private long commit;
    private long applied;
    private long lastIndex;
    private long leaderTerm;

    Invariants(Replica replica) {
        this.replica = replica;
        this.role = replica.role();
        remember();
    }

    void check() {
        RaftLog log = replica.log;
        Check.that(replica.term() >= term, "terms never fall: %s after %s", replica.term(), term);
        Check.that(log.commit() >= commit, "commit never falls: %s after %s", log.commit(), commit);
        Check.that(log.applied() >= applied, "applied never falls");
        Check.that(log.applied() <= log.commit(), "only what is committed is applied");
        Check.that(log.commit() <= log.lastIndex(), "what is committed is in the log");
        Check.that(log.leaderTerm() >= leaderTerm, "the log never goes back to an older leader");
        if (replica.term() == term) {
            checkWithinTerm();
        }
        if (replica.isLeader()) {
            checkLeader();
        }
        remember();
    }

    private void checkWithinTerm() {
        Check.that(
                vote == Raft.NONE || replica.vote() == vote,
                "a vote stays given: %s after %s",
                replica.vote(),
                vote);
        Check.that(
                leaderOfTerm == Raft.NONE
                        || replica.leader() == Raft.NONE
                        || replica.leader() == leaderOfTerm,
                "one leader a term: %s after %s",
                replica.leader(),
                leaderOfTerm);
    }

    private void checkLeader() {
        RaftLog log = replica.log;
        boolean ledBefore = role == RaftRole.LEADER && replica.term() == term;
        Check.that(replica.vote() == replica.id, "a leader voted for itself");
        Check.that(replica.leader() == replica.id, "a leader follows itself");
        Check.that(log.leaderTerm() == replica.term(), "a leader's log is its own");
        Check.that(!ledBefore || log.lastIndex() >= lastIndex, "a leader never truncates");
        if (ledBefore && log.commit() > commit) {
            Check.that(
                    log.termOrZero(log.commit()) == replica.term(),
                    "a leader commits through entries of its own term");
            Check.that(
                    replica.tracker.committedIndex() >= log.commit(),
                    "what a leader commits is durable on a quorum");
        }
        Progress own = replica.tracker.of(replica.id);
        Check.that(
                own == null || own.match() <= log.lastIndex(), "a leader acknowledges what it has");
    }

    private void remember() {
        if (replica.term() != term) {
            leaderOfTerm = Raft.NONE;
        }
        if (replica.leader() != Raft.NONE) {
            leaderOfTerm = replica.leader();
        }
        term = replica.term();
        vote = replica.vote();
        role = replica.role();
        commit = replica.log.commit();
        applied = replica.log.applied();
        lastIndex = replica.log.lastIndex();
        leaderTerm = replica.log.leaderTerm();
    }
}
