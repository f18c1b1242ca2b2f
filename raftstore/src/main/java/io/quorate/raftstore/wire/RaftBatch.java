package io.quorate.raftstore.wire;

import io.quorate.common.env.Network;
import java.util.List;

/// All that one store has to say to another at one time, for any number of groups.
public record RaftBatch(List<GroupMessages> groups) {
    public static final Network.Topic<RaftBatch> TOPIC =
            new Network.Topic<>("raft", new RaftBatchCodec());

    public RaftBatch {
        groups = List.copyOf(groups);
    }
}
