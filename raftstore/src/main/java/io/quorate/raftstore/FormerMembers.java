package io.quorate.raftstore;

import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.wire.Removed;
import java.util.TreeMap;

/// Who left the group lately. The core says nothing to them any more, not even that they left, so the
/// driver does: for a while by itself, and whenever one of them makes itself heard. Owned by the loop.
final class FormerMembers {
    private static final int LOOKS = 30;

    private final Network network;
    private final GroupId group;

    /// For how many looks each will still be told.
    private final TreeMap<NodeId, Integer> leaving = new TreeMap<>();

    FormerMembers(Network network, GroupId group) {
        this.network = network;
        this.group = group;
    }

    void changed(Membership before, Membership after) {
        for (NodeId node : before.all()) {
            if (!after.contains(node)) {
                leaving.put(node, LOOKS);
            }
        }
        leaving.keySet().removeIf(after::contains);
    }

    /// Tells those who left, as of the entry applied last.
    void look(long appliedIndex) {
        leaving.keySet().forEach(node -> tell(node, appliedIndex));
        leaving.replaceAll((_, looks) -> looks - 1);
        leaving.values().removeIf(looks -> looks <= 0);
    }

    void tell(NodeId node, long appliedIndex) {
        network.send(node, Removed.TOPIC, new Removed(group, appliedIndex));
    }
}
