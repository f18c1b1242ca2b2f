package io.quorate.region;

import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.StateMachine;
import java.util.List;

/// Opens Raft groups on this node: what the region store needs of a Raft store.
public interface GroupOpener {
    /// Opens this node's replica of a group. Where the log holds nothing of the group yet, it starts
    /// with `voters` as its members at the machine's applied index and term.
    ///
    /// @param campaign whether this replica should stand for election at once, because it led the
    ///     region from which this one was cut
    RaftGroup open(GroupId group, List<NodeId> voters, StateMachine machine, boolean campaign);
}
