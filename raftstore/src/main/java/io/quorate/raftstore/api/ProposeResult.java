package io.quorate.raftstore.api;

import io.quorate.common.env.NodeId;
import org.jspecify.annotations.Nullable;

/// What became of a proposal.
public sealed interface ProposeResult {
    /// It was committed and applied here; `result` is what the state machine returned for it.
    record Applied(long index, long term, Object result) implements ProposeResult {}

    /// It was not taken, and never will be: this replica does not lead in the expected term.
    record NotLeader(@Nullable NodeId leader) implements ProposeResult {}

    /// It was not taken, and never will be: too much is in flight. Try again later.
    record Busy() implements ProposeResult {}

    /// It was taken, then leadership was lost before it was applied: it may yet be applied.
    record Undetermined() implements ProposeResult {}
}
