package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupStatus;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a request came to the right place, and what to tell it if it did not.
final class Routing {
    private final NodeId node;
    private final RaftGroup group;
    private final RegionMachine machine;

    Routing(NodeId node, RaftGroup group, RegionMachine machine) {
        this.node = node;
        this.group = group;
        this.machine = machine;
    }

    /// Null if the request knows the borders as they are here. Its keys move with the borders only, so
    /// a change of members does not matter.
    @Nullable RegionError staleEpoch(RegionHeader header) {
        RegionEpoch epoch = machine.descriptor().epoch();
        return header.epoch().version() == epoch.version() ? null : epochNotMatch();
    }

    RegionError epochNotMatch() {
        List<RegionDescriptor> current = new ArrayList<>();
        current.add(machine.descriptor());
        current.addAll(machine.lastDivision());
        return new RegionError.EpochNotMatch(current);
    }

    /// Null if all keys lie in the region.
    @Nullable RegionError outside(List<ByteSlice> keys) {
        RegionDescriptor descriptor = machine.descriptor();
        for (ByteSlice key : keys) {
            if (!descriptor.range().contains(key)) {
                return new RegionError.KeyNotInRegion(descriptor);
            }
        }
        return null;
    }

    /// For a replica that does not serve: who might.
    RegionError notLeading() {
        GroupStatus status = group.status();
        if (node.equals(status.leader())) {
            return new RegionError.ServerBusy("the new leader is not ready yet");
        }
        return new RegionError.NotLeader(status.leader());
    }
}
