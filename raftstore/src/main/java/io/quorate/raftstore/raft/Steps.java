package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.progress.Progress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What to do with a message: first by its term, then by what this replica is.
final class Steps {
    private final Replica replica;
    private final Election election;
    private final Replication replication;
    private final Following following;
    private final Reads reads;
    private final Proposals proposals;

    Steps(
            Replica replica,
            Election election,
            Replication replication,
            Following following,
            Reads reads,
            Proposals proposals) {
        this.replica = replica;
        this.election = election;
        this.replication = replication;
        this.following = following;
        this.reads = reads;
        this.proposals = proposals;
    }

    void step(Message message) {
        Check.that(message.to() == replica.id, "a message reached %s", replica.id);
        if (catchUpWithTerm(message)) {
            dispatch(message);
        }
    }

    /// Compares the terms. A later one ends whatever this replica was doing; an earlier one makes
    /// the message void.
    ///
    /// @return whether the message is to be looked at
    private boolean catchUpWithTerm(Message message) {
        if (message.term() == 0 || message.term() == replica.term()) {
            return true;
        }
        if (message.term() < replica.term()) {
            answerStale(message);
            return false;
        }
        return switch (message) {
            case Message.VoteRequest request -> {
                if (!request.transfer() && election.leaderHoldsLease()) {
                    yield false;
                }
                if (!request.preVote()) {
                    replica.becomeFollower(request.term(), Raft.NONE);
                }
                yield true;
            }
            case Message.VoteReply reply -> {
                // A granted pre-vote carries the term that the campaign would have.
                if (!reply.preVote() || reply.rejected()) {
                    replica.becomeFollower(reply.term(), Raft.NONE);
                }
                yield true;
            }
            case Message.Append _, Message.Heartbeat _, Message.InstallSnapshot _ -> {
                replica.becomeFollower(message.term(), message.from());
                yield true;
            }
            case Message.AppendReply _,
                    Message.HeartbeatReply _,
                    Message.TimeoutNow _,
                    Message.TransferLeader _,
                    Message.Propose _,
                    Message.ReadIndex _,
                    Message.ReadIndexReply _ -> {
                replica.becomeFollower(message.term(), Raft.NONE);
                yield true;
            }
        };
    }

    /// A sender in an earlier term. Mostly it will learn of the later one by itself; but where
    /// campaigns do not raise terms at random, a replica that got ahead of its leader must say so,
    /// or neither would ever listen to the other.
    private void answerStale(Message message) {
        boolean termsAreCareful = replica.config.checkQuorum() || replica.config.preVote();
        switch (message) {
            case Message.Append _, Message.Heartbeat _ -> {
                if (termsAreCareful) {
                    replica.outbox.send(
                            new Message.AppendReply(
                                    replica.id, message.from(), replica.term(), 0, false, 0, 0));
                }
            }
            case Message.VoteRequest request -> {
                if (request.preVote()) {
                    election.refuseStalePreVote(request);
                }
            }
            case Message.AppendReply _,
                    Message.VoteReply _,
                    Message.HeartbeatReply _,
                    Message.InstallSnapshot _,
                    Message.TimeoutNow _,
                    Message.TransferLeader _,
                    Message.Propose _,
                    Message.ReadIndex _,
                    Message.ReadIndexReply _ -> {}
        }
    }

    private void dispatch(Message message) {
        switch (message) {
            case Message.VoteRequest request -> election.receiveRequest(request);
            case Message.VoteReply reply -> {
                if (isMember(reply.from())) {
                    election.receiveReply(reply);
                }
            }
            case Message.Append append -> {
                follow(append);
                following.receiveAppend(append);
            }
            case Message.Heartbeat heartbeat -> {
                follow(heartbeat);
                following.receiveHeartbeat(heartbeat);
            }
            case Message.InstallSnapshot install -> {
                follow(install);
                following.receiveSnapshot(install);
            }
            case Message.AppendReply reply ->
                    ifLeading(reply.from(), progress -> replication.receiveReply(reply, progress));
            case Message.HeartbeatReply reply ->
                    ifLeading(
                            reply.from(),
                            progress -> {
                                replication.receiveHeartbeatReply(reply, progress);
                                reads.answered(reply);
                            });
            case Message.TimeoutNow _ -> {
                if (replica.role() == RaftRole.FOLLOWER) {
                    election.campaignForTransfer();
                }
            }
            case Message.TransferLeader transfer -> proposals.transferTo(transfer.transferee());
            case Message.Propose propose -> proposals.receive(propose);
            case Message.ReadIndex read -> reads.receive(read);
            case Message.ReadIndexReply reply -> {
                if (replica.role() == RaftRole.FOLLOWER) {
                    reads.receiveReply(reply);
                }
            }
        }
    }

    /// The sender leads the current term: whoever campaigned has lost.
    private void follow(Message message) {
        Check.that(!replica.isLeader(), "one leader in term %s", message.term());
        if (replica.role() != RaftRole.FOLLOWER) {
            replica.becomeFollower(message.term(), message.from());
        }
        replica.hearFrom(message.from());
    }

    private boolean isMember(long peer) {
        return replica.tracker.of(peer) != null;
    }

    private void ifLeading(long peer, Consumer<Progress> action) {
        @Nullable Progress progress = replica.tracker.of(peer);
        if (replica.isLeader() && progress != null) {
            action.accept(progress);
        }
    }
}
