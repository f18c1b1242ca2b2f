package io.quorate.raftstore.api;

import io.quorate.common.env.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group as this replica sees it.
public record GroupStatus(
        GroupId group,
        long term,
        @Nullable NodeId leader,
        boolean leading,
        long commitIndex,
        long appliedIndex,
        long lastIndex,
        Membership members) {
    public List<NodeId> voters() {
        return members.voters();
    }
}
