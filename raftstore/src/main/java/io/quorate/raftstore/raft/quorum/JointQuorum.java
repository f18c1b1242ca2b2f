package io.quorate.raftstore.raft.quorum;

import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/// Two sets of voters that must both agree (thesis, 4.3). Outside a change of membership the
/// outgoing set is empty.
public record JointQuorum(Majority incoming, Majority outgoing) {
    public static final JointQuorum EMPTY = new JointQuorum(Majority.EMPTY, Majority.EMPTY);

    public boolean isJoint() {
        return !outgoing.isEmpty();
    }

    public boolean contains(long peer) {
        return incoming.contains(peer) || outgoing.contains(peer);
    }

    /// Whether one voter decides alone.
    public boolean isSingleton() {
        return incoming.size() == 1 && outgoing.isEmpty();
    }

    /// All voters of both sets, ascending.
    public long[] voters() {
        TreeSet<Long> all = new TreeSet<>();
        for (long voter : incoming.voters()) {
            all.add(voter);
        }
        for (long voter : outgoing.voters()) {
            all.add(voter);
        }
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    /// The highest index acknowledged by a majority of either set.
    public long committedIndex(LongUnaryOperator acknowledged) {
        long first = incoming.committedIndex(acknowledged);
        return outgoing.isEmpty() ? first : Math.min(first, outgoing.committedIndex(acknowledged));
    }

    /// Won with both sets, lost with either.
    public VoteResult voteResult(Ballots ballots) {
        VoteResult first = incoming.voteResult(ballots);
        VoteResult second = outgoing.voteResult(ballots);
        if (first == second) {
            return first;
        }
        boolean lost = first == VoteResult.LOST || second == VoteResult.LOST;
        return lost ? VoteResult.LOST : VoteResult.PENDING;
    }

    /// As `(1 2 3)`, or `(1 2 4)&&(1 2 3)` in a change.
    @Override
    public String toString() {
        return outgoing.isEmpty() ? incoming.toString() : incoming + "&&" + outgoing;
    }
}
