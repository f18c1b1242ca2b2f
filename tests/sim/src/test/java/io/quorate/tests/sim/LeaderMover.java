package io.quorate.tests.sim;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionRequest;
import io.quorate.sim.SimRandom;
import java.util.List;

/// Asks leaders of regions to hand over to another node, as an administrator or a balancer would.
final class LeaderMover {
    private static final long TIMEOUT_NANOS = 3_000_000_000L;

    private final Cluster.Node node;
    private final SimRandom random;

    LeaderMover(Cluster.Node node, SimRandom random) {
        this.node = node;
        this.random = random;
    }

    /// Asks once; true if the leader was reached.
    boolean move() {
        try {
            List<RegionDescriptor> regions = node.router().regionsOf(KeyRange.ALL);
            RegionDescriptor region = regions.get(random.nextInt(regions.size()));
            int target = random.nextInt(Cluster.NODES.size());
            SendResult sent =
                    node.router()
                            .send(
                                    region.range().start(),
                                    TIMEOUT_NANOS,
                                    header ->
                                            new RegionRequest.TransferLeader(
                                                    header, Cluster.NODES.get(target)));
            return sent instanceof SendResult.Answered;
        } catch (QuorateException error) {
            if (error.code() != ErrorCode.CANNOT_CONNECT_NOW) {
                throw error;
            }
            return false;
        }
    }
}
