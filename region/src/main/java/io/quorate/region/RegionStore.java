package io.quorate.region;

import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionFaults;
import io.quorate.region.api.RegionLocation;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.RegionService;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.route.LocalRegions;
import io.quorate.tso.api.TimestampOracle;
import java.util.List;

/// The regions of one node.
public final class RegionStore implements RegionService, LocalRegions, AutoCloseable {
    public RegionStore(
            Env env,
            GroupOpener groups,
            StorageEngine engine,
            TimestampOracle oracle,
            RegionStoreOptions options,
            RegionFaults faults) {}

    /// Makes the first region, which holds all keys, with these replicas. Every one of them is told
    /// the same. Does nothing where the store has regions already. Before [#start].
    public void bootstrap(List<NodeId> voters) {}

    /// Opens every region found on the engine and answers calls from now on.
    public void start() {}

    @Override
    public RegionReply handle(RegionRequest request) {
        return handle(request, 0);
    }

    @Override
    public RegionReply handle(RegionRequest request, long timeoutNanos) {
        return new RegionError.RegionNotFound(request.header().region());
    }

    @Override
    public List<RegionLocation> locate(KeyRange range) {
        return List.of();
    }

    @Override
    public void close() {}
}
