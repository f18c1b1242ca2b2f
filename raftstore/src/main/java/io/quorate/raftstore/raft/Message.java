package io.quorate.raftstore.raft;

import java.util.List;

/// What replicas of one group say to each other. Delivery may lose, repeat and reorder.
///
/// `term` is the sender's term, save for [Propose] and [ReadIndex], which carry zero: they are
/// requests of a client, forwarded, and hold in any term; and for pre-votes and their grants, which
/// carry the term that the sender would campaign in.
public sealed interface Message {
    /// The sender; greater than zero.
    long from();

    /// The receiver; greater than zero. May be the sender itself, see [Ready#gated()].
    long to();

    long term();

    /// Entries that follow the entry `(logTerm, index)`; none for a bare commit or probe.
    record Append(
            long from,
            long to,
            long term,
            long logTerm,
            long index,
            List<Entry> entries,
            long commit)
            implements Message {}

    /// Answer to [Append] and [InstallSnapshot].
    ///
    /// @param index accepted: the last index known to match; rejected: the index of the refused
    ///   append
    /// @param logTerm rejected: the term of the receiver's entry at `rejectHint`
    /// @param rejectHint rejected: the highest index at which the logs may agree
    record AppendReply(
            long from,
            long to,
            long term,
            long index,
            boolean rejected,
            long rejectHint,
            long logTerm)
            implements Message {}

    /// Asks for a vote, for a log that ends in `(logTerm, index)`.
    ///
    /// @param preVote whether this only asks if a vote would be given
    /// @param transfer whether the leader itself asked for the election, so that its lease is void
    record VoteRequest(
            long from,
            long to,
            long term,
            long logTerm,
            long index,
            boolean preVote,
            boolean transfer)
            implements Message {}

    record VoteReply(long from, long to, long term, boolean preVote, boolean rejected)
            implements Message {}

    /// @param commit never above what the receiver acknowledged
    /// @param readRound the latest round of reads waiting for a quorum, zero for none
    record Heartbeat(long from, long to, long term, long commit, long readRound)
            implements Message {}

    record HeartbeatReply(long from, long to, long term, long readRound) implements Message {}

    record InstallSnapshot(long from, long to, long term, Snapshot snapshot) implements Message {}

    /// From the leader: campaign now, in spite of any lease.
    record TimeoutNow(long from, long to, long term) implements Message {}

    /// A follower passes on the wish to make `transferee` the leader.
    record TransferLeader(long from, long to, long term, long transferee) implements Message {}

    /// A follower passes on a proposal; terms and indexes of the entries are not yet set.
    record Propose(long from, long to, long term, List<Entry> entries) implements Message {}

    /// A follower passes on a read.
    record ReadIndex(long from, long to, long term, long context) implements Message {}

    /// The leader's answer to a follower: the read may be served once `index` is applied.
    record ReadIndexReply(long from, long to, long term, long context, long index)
            implements Message {}
}
