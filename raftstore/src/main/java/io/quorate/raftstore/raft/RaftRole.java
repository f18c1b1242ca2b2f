package io.quorate.raftstore.raft;

/// What a replica currently is in its group.
public enum RaftRole {
    FOLLOWER,
    /// Asks whether an election could be won, without disturbing the term (thesis, 9.6).
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER
}
