package io.quorate.raftstore.raft;

/// What a replica must find again after a restart, besides its log. Written as one record, so that
/// a vote is never durable without the term it was given in.
///
/// @param term the latest term seen; zero before the first election
/// @param vote the peer voted for in `term`, or [Raft#NONE]
/// @param commit the highest index known to be committed
/// @param leaderTerm the term of the latest leader of whose log ours is known to be a prefix
public record HardState(long term, long vote, long commit, long leaderTerm) {
    public static final HardState INITIAL = new HardState(0, 0, 0, 0);
}
