package io.quorate.raftstore;

import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.wire.GroupMessages;
import io.quorate.raftstore.wire.RaftBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The messages of one round of a loop, by receiver and group. Owned by the loop.
final class Outgoing {
    private final TreeMap<Long, TreeMap<Replica, List<Message>>> byReceiver = new TreeMap<>();

    void add(Replica sender, Message message) {
        byReceiver
                .computeIfAbsent(message.to(), _ -> new TreeMap<>())
                .computeIfAbsent(sender, _ -> new ArrayList<>())
                .add(message);
    }

    /// Sends each store what there is for it, as one batch.
    void flush(Network network) {
        byReceiver.forEach((receiver, bySender) -> {
            List<GroupMessages> groups = new ArrayList<>(bySender.size());
            bySender.forEach((sender, messages) ->
                    groups.add(new GroupMessages(sender.id(), sender.unneededIndex(), messages)));
            NodeId node = new NodeId(Math.toIntExact(receiver));
            network.send(node, RaftBatch.TOPIC, new RaftBatch(groups));
        });
        byReceiver.clear();
    }
}
