package io.quorate.region.api;

/// Grows whenever a region's borders (`version`) or its members (`confVersion`) change.
public record RegionEpoch(long version, long confVersion) {
    @Override
    public String toString() {
        return version + "." + confVersion;
    }
}
