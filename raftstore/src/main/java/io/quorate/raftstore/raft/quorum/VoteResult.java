package io.quorate.raftstore.raft.quorum;

/// The outcome of an election, given the votes so far.
public enum VoteResult {
    /// Could still go either way.
    PENDING,
    LOST,
    WON
}
