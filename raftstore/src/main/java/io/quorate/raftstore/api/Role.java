package io.quorate.raftstore.api;

import io.quorate.common.env.NodeId;
import org.jspecify.annotations.Nullable;

/// What a replica is in its group.
public sealed interface Role {
    long term();

    /// Leads, and has applied an entry of this term.
    record Leader(long term) implements Role {}

    /// Follows `leader`, or nobody known.
    record Follower(long term, @Nullable NodeId leader) implements Role {}
}
