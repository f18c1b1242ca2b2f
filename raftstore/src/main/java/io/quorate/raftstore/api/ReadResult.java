package io.quorate.raftstore.api;

import io.quorate.common.env.NodeId;
import org.jspecify.annotations.Nullable;

/// What became of a request to read.
public sealed interface ReadResult {
    /// The state applied here holds everything committed before the request was made.
    record Ready(long index) implements ReadResult {}

    /// This replica does not lead, or lost its leadership while asking.
    record NotLeader(@Nullable NodeId leader) implements ReadResult {}
}
