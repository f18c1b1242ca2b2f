package io.quorate.tso;

import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.StateMachine;

/// Opens this node's replica of a Raft group.
public interface GroupOpener {
    RaftGroup open(GroupId group, StateMachine machine);
}
