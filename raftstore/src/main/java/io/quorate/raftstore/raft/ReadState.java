package io.quorate.raftstore.raft;

/// A read asked for with [Raft#readIndex(long)] is linearizable once `index` has been applied.
///
/// @param context what the caller gave
public record ReadState(long context, long index) {}
