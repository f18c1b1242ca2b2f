package io.quorate.raftstore.wire;

import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Message;
import java.util.List;

/// What one replica of a group has to say to another, in order.
///
/// @param heldByAllIndex all voters hold the log durably up to here, as far as the sender knows: no
///     replica will ever ask another for entries up to it. 0 if nothing is known
public record GroupMessages(GroupId group, long heldByAllIndex, List<Message> messages) {
    public GroupMessages {
        messages = List.copyOf(messages);
    }
}
