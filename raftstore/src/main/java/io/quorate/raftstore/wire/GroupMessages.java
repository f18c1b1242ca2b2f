package io.quorate.raftstore.wire;

import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Message;
import java.util.List;

/// What one replica of a group has to say to another, in order.
///
/// @param unneededIndex nobody will be served from the log up to here, as far as the sender knows:
///     every member holds it, or will be given a snapshot. 0 if nothing is known
public record GroupMessages(GroupId group, long unneededIndex, List<Message> messages) {
    public GroupMessages {
        messages = List.copyOf(messages);
    }
}
