package io.quorate.raftstore.raft.quorum;

import org.jspecify.annotations.Nullable;

/// The votes received.
@FunctionalInterface
public interface Ballots {
    /// The vote of `peer`, or null while it has not voted.
    @Nullable Boolean of(long peer);
}
