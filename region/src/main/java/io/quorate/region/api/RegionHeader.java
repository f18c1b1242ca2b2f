package io.quorate.region.api;

/// What every request to a region says first.
public record RegionHeader(RegionId region, RegionEpoch epoch) {}
