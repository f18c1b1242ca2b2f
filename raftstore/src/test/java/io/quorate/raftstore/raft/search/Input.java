package io.quorate.raftstore.raft.search;

import io.quorate.raftstore.raft.ConfChange;
import io.quorate.raftstore.raft.Message;

/// What may happen to one replica.
sealed interface Input {
    /// A message arrives, for the first time or again.
    record Deliver(Message message) implements Input {}

    /// The election timeout runs out.
    record Campaign() implements Input {}

    /// A tick passes on a leader: heartbeats.
    record Tick() implements Input {}

    record Propose() implements Input {}

    record ChangeMembers(ConfChange change) implements Input {}

    /// The oldest write becomes durable, and what it held back leaves.
    record FinishWrite() implements Input {}

    /// The committed entries that wait are applied.
    record Apply() implements Input {}

    /// The replica stops, loses what is not durable, and starts again.
    record Crash() implements Input {}
}
