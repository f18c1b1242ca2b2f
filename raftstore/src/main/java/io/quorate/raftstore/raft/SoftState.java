package io.quorate.raftstore.raft;

/// What need not survive a restart.
///
/// @param leader who leads the current term, or [Raft#NONE] when unknown
public record SoftState(long leader, RaftRole role) {}
