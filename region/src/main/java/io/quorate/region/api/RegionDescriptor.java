package io.quorate.region.api;

import io.quorate.common.env.NodeId;
import java.util.List;

/// A region at one epoch.
public record RegionDescriptor(
        RegionId id, RegionEpoch epoch, KeyRange range, List<NodeId> replicas) {}
