package io.quorate.raftstore.raft;

/// A point in a log as one leader saw it: the log up to `index`, as it was when it last agreed with
/// the leader of `leaderTerm`. Marks order by `leaderTerm`, then `index`. A bare index would not do
/// as an acknowledgement: an entry may be overwritten by a new leader and written again by a third
/// while the first write is still under way.
public record LogMark(long leaderTerm, long index) {}
