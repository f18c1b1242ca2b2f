package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.progress.Progress;
import io.quorate.raftstore.raft.progress.ProgressTracker;
import java.util.ArrayList;
import java.util.List;

/// The state that all parts of the algorithm share, and the transitions between roles, which touch
/// all of it. The rules live in [Election], [Replication], [Reads] and [Membership].
final class Replica {
    final RaftConfig config;
    final long id;
    final RaftLog log;
    final ProgressTracker tracker;
    final Outbox outbox = new Outbox();
    final List<ReadState> readStates = new ArrayList<>();

    private long term;
    private long vote;
    private long leader;
    private RaftRole role = RaftRole.FOLLOWER;

    /// Ticks since the election timeout was last put off; on a leader, since the last quorum check.
    int electionElapsed;

    /// Ticks since a leader's last heartbeat.
    int heartbeatElapsed;

    /// After how many ticks without a leader to campaign.
    private int randomElectionTicks;

    /// To whom a leader is handing over, or [Raft#NONE].
    long transferee;

    /// A leader proposes no membership change until this index is applied.
    long pendingConfIndex;

    /// Payload bytes that a leader proposed and has not yet seen applied.
    long uncommittedBytes;

    /// The reads that a leader is confirming.
    ReadRounds rounds = new ReadRounds();

    Replica(RaftConfig config, RaftLog log, HardState hardState) {
        this.config = config;
        this.id = config.id();
        this.log = log;
        this.tracker = new ProgressTracker(config.maxInflightMessages(), config.maxInflightBytes());
        this.term = hardState.term();
        this.vote = hardState.vote();
        randomizeElectionTicks();
    }

    long term() {
        return term;
    }

    long vote() {
        return vote;
    }

    long leader() {
        return leader;
    }

    RaftRole role() {
        return role;
    }

    boolean isLeader() {
        return role == RaftRole.LEADER;
    }

    HardState hardState() {
        return new HardState(term, vote, log.commit(), log.leaderTerm());
    }

    /// Follows `newLeader`, or nobody known, in `newTerm`.
    void becomeFollower(long newTerm, long newLeader) {
        reset(newTerm);
        leader = newLeader;
        role = RaftRole.FOLLOWER;
    }

    /// Asks around without leaving the term: nothing is promised by this.
    void becomePreCandidate() {
        Check.that(role != RaftRole.LEADER, "a leader does not campaign");
        tracker.resetVotes();
        leader = Raft.NONE;
        role = RaftRole.PRE_CANDIDATE;
    }

    void becomeCandidate() {
        Check.that(role != RaftRole.LEADER, "a leader does not campaign");
        reset(term + 1);
        vote = id;
        role = RaftRole.CANDIDATE;
    }

    void becomeLeader() {
        Check.that(role == RaftRole.CANDIDATE, "a leader was a candidate");
        reset(term);
        leader = id;
        role = RaftRole.LEADER;
        Progress own = Check.present(tracker.of(id), "a leader is a member");
        own.becomeReplicate();
        own.setActive(true);
        // There may be an unapplied membership change anywhere in the log that was taken over.
        // Waiting for all of it costs little and needs no search.
        pendingConfIndex = log.lastIndex();
    }

    /// Gives a vote in the current term.
    void castVote(long candidate) {
        Check.that(vote == Raft.NONE || vote == candidate, "one vote a term");
        vote = candidate;
        electionElapsed = 0;
    }

    /// The leader of the current term made itself heard.
    void hearFrom(long heard) {
        Check.that(
                leader == Raft.NONE || leader == heard, "one leader a term: %s, %s", leader, heard);
        electionElapsed = 0;
        leader = heard;
    }

    void forgetLeader() {
        leader = Raft.NONE;
    }

    boolean pastElectionTimeout() {
        return electionElapsed >= randomElectionTicks;
    }

    /// Sets the randomised timeout, until the next reset.
    void setRandomElectionTicks(int ticks) {
        randomElectionTicks = ticks;
    }

    private void reset(long newTerm) {
        Check.that(newTerm >= term, "terms never fall: %s after %s", newTerm, term);
        if (newTerm > term) {
            term = newTerm;
            vote = Raft.NONE;
        }
        leader = Raft.NONE;
        electionElapsed = 0;
        heartbeatElapsed = 0;
        randomizeElectionTicks();
        transferee = Raft.NONE;
        pendingConfIndex = 0;
        uncommittedBytes = 0;
        rounds = new ReadRounds();
        tracker.restart(id, log.lastIndex());
    }

    private void randomizeElectionTicks() {
        int random = config.randomTicks().applyAsInt(config.electionTicks());
        Check.that(
                random >= 0 && random < config.electionTicks(),
                "chance %s keeps to its bound %s",
                random,
                config.electionTicks());
        randomElectionTicks = config.electionTicks() + random;
    }
}
