package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.quorum.VoteResult;

/// Who leads: campaigns, votes, and hand-overs as the receiver sees them.
final class Election {
    /// How a campaign came about.
    private enum Campaign {
        PRE_VOTE,
        VOTE,
        /// The leader asked for it.
        TRANSFER
    }

    private static final long CONF_SCAN_PAGE_BYTES = 1 << 20;

    private final Replica replica;
    private final Replication replication;

    Election(Replica replica, Replication replication) {
        this.replica = replica;
        this.replication = replication;
    }

    /// Campaigns, first for pre-votes where these are on.
    void campaign() {
        tryCampaign(replica.config.preVote() ? Campaign.PRE_VOTE : Campaign.VOTE);
    }

    /// The leader wants this replica to take over. Its word makes a pre-vote needless.
    void campaignForTransfer() {
        tryCampaign(Campaign.TRANSFER);
    }

    /// Whether this replica may be elected: a voter whose log is not being replaced.
    boolean isPromotable() {
        return replica.tracker.isVoter(replica.id) && !replica.log.hasPendingSnapshot();
    }

    /// Whether a campaign of another replica is ignored, because the leader was heard of within the
    /// time in which it counts on its followers (thesis, 4.2.3).
    boolean leaderHoldsLease() {
        return replica.config.checkQuorum()
                && replica.leader() != Raft.NONE
                && replica.electionElapsed < replica.config.electionTicks();
    }

    /// Answers a request for a vote in the current term, or for a pre-vote.
    void receiveRequest(Message.VoteRequest request) {
        boolean free =
                replica.vote() == request.from()
                        || (replica.vote() == Raft.NONE && replica.leader() == Raft.NONE)
                        || (request.preVote() && request.term() > replica.term());
        if (free && replica.log.isUpToDate(request.logTerm(), request.index())) {
            // A pre-vote answers in the term asked about, lest the candidate take it for stale.
            reply(request, request.term(), false);
            if (!request.preVote()) {
                replica.castVote(request.from());
            }
        } else {
            reply(request, replica.term(), true);
        }
    }

    /// Refuses a pre-vote from an earlier term, so that the candidate learns of this one.
    void refuseStalePreVote(Message.VoteRequest request) {
        reply(request, replica.term(), true);
    }

    /// Counts a vote; one that this replica does not campaign for any more is ignored.
    void receiveReply(Message.VoteReply reply) {
        RaftRole asking = reply.preVote() ? RaftRole.PRE_CANDIDATE : RaftRole.CANDIDATE;
        if (replica.role() != asking) {
            return;
        }
        replica.tracker.recordVote(reply.from(), !reply.rejected());
        VoteResult result = replica.tracker.voteResult();
        switch (result) {
            case WON -> {
                if (reply.preVote()) {
                    run(Campaign.VOTE);
                } else {
                    replica.becomeLeader();
                    replication.openTerm();
                }
            }
            // A rejected pre-vote may carry a higher term, but that came with the message already.
            case LOST -> replica.becomeFollower(replica.term(), Raft.NONE);
            case PENDING -> {}
        }
    }

    private void tryCampaign(Campaign campaign) {
        // A committed change of membership that is not applied here may have moved the majority.
        if (!replica.isLeader()
                && isPromotable()
                && !replica.log.hasUnappliedConfChange(CONF_SCAN_PAGE_BYTES)) {
            run(campaign);
        }
    }

    private void run(Campaign campaign) {
        boolean preVote = campaign == Campaign.PRE_VOTE;
        Check.that(
                !replica.log.hasUnappliedConfChange(CONF_SCAN_PAGE_BYTES),
                "nobody campaigns while a committed membership change is not applied");
        if (preVote) {
            replica.becomePreCandidate();
        } else {
            replica.becomeCandidate();
        }
        long term = preVote ? replica.term() + 1 : replica.term();
        RaftLog log = replica.log;
        for (long voter : replica.tracker.members().quorum().voters()) {
            if (voter == replica.id) {
                // The own vote counts once it is durable, like everybody's.
                replica.outbox.send(
                        new Message.VoteReply(replica.id, replica.id, term, preVote, false));
            } else {
                replica.outbox.send(
                        new Message.VoteRequest(
                                replica.id,
                                voter,
                                term,
                                log.lastTerm(),
                                log.lastIndex(),
                                preVote,
                                campaign == Campaign.TRANSFER));
            }
        }
    }

    private void reply(Message.VoteRequest request, long term, boolean rejected) {
        replica.outbox.send(
                new Message.VoteReply(
                        replica.id, request.from(), term, request.preVote(), rejected));
    }
}
