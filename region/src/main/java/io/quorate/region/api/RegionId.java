package io.quorate.region.api;

import io.quorate.raftstore.api.GroupId;

/// A region, and the Raft group of the same number that replicates it.
public record RegionId(long value) implements Comparable<RegionId> {
    public GroupId group() {
        return new GroupId(value);
    }

    @Override
    public int compareTo(RegionId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "r" + value;
    }
}
