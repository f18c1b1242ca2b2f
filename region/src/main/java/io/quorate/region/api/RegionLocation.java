package io.quorate.region.api;

import io.quorate.common.env.NodeId;
import org.jspecify.annotations.Nullable;

/// What one store knows of where a region is: soft state, which may be out of date.
public record RegionLocation(RegionDescriptor region, @Nullable NodeId leader) {}
