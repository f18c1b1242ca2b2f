package io.quorate.region;

import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.StateMachine;
import java.util.List;

/// Opens Raft groups on this node: what the region store needs of a Raft store.
@FunctionalInterface
public interface GroupOpener {
    /// Opens this node's replica of a group. Where the log holds nothing of the group yet, it starts
    /// with `voters` as its members at the machine's applied index and term. The first of the voters
    /// should stand for election before the others do.
    RaftGroup open(GroupId group, List<NodeId> voters, StateMachine machine);
}
