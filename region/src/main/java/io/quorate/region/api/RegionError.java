package io.quorate.region.api;

import io.quorate.common.env.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a region could not look at a request. All but [Undetermined] mean that nothing happened.
public sealed interface RegionError extends RegionReply {
    record NotLeader(@Nullable NodeId leader) implements RegionError {}

    /// The borders changed; `current` are the regions that now hold the asked one's keys, as far as
    /// this store knows.
    record EpochNotMatch(List<RegionDescriptor> current) implements RegionError {}

    record RegionNotFound(RegionId region) implements RegionError {}

    record KeyNotInRegion(RegionDescriptor region) implements RegionError {}

    /// Too much is in flight, or the leader is not ready yet: try again after a moment.
    record ServerBusy(String why) implements RegionError {}

    /// A write was proposed, then leadership was lost: it may yet be applied.
    record Undetermined() implements RegionError {}
}
