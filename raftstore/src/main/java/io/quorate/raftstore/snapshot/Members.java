package io.quorate.raftstore.snapshot;

import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.raft.ConfState;
import java.util.List;

/// The members of a group, as the core names them and as everybody else does.
public final class Members {
    private Members() {}

    public static Membership of(ConfState state) {
        return new Membership(
                nodes(state.voters()),
                nodes(state.votersOutgoing()),
                nodes(state.learners()),
                nodes(state.learnersNext()),
                state.autoLeave());
    }

    public static ConfState toCore(Membership members) {
        return new ConfState(
                ids(members.voters()),
                ids(members.outgoing()),
                ids(members.learners()),
                ids(members.learnersNext()),
                members.autoLeave());
    }

    private static List<NodeId> nodes(List<Long> ids) {
        return ids.stream().map(id -> new NodeId(Math.toIntExact(id))).toList();
    }

    private static List<Long> ids(List<NodeId> nodes) {
        return nodes.stream().map(node -> (long) node.value()).toList();
    }
}
