package io.quorate.region;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.route.LocalRegions;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the region of a key anywhere in the cluster and talks to its leader.
public final class RegionRouter implements RegionClient {
    /// @param local the regions of this node; null where it has none
    /// @param nodes all nodes that may hold regions, this one too
    public RegionRouter(
            Env env, @Nullable LocalRegions local, Supplier<List<NodeId>> nodes) {}

    @Override
    public SendResult send(
            ByteSlice key, long timeoutNanos, Function<RegionHeader, RegionRequest> request) {
        return new SendResult.Unavailable("no region is known");
    }

    @Override
    public SortedMap<ByteSlice, List<ByteSlice>> groupByRegion(List<ByteSlice> keys) {
        return new TreeMap<>();
    }

    @Override
    public List<RegionDescriptor> regionsOf(KeyRange range) {
        return List.of();
    }
}
