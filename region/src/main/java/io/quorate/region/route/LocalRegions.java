package io.quorate.region.route;

import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionLocation;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import java.util.List;

/// The regions of the router's own node, which it calls without the network in between.
public interface LocalRegions {
    /// As [io.quorate.region.api.RegionService#handle], giving up after about `timeoutNanos`.
    RegionReply handle(RegionRequest request, long timeoutNanos);

    /// The replicas here whose regions meet `range`, in key order.
    List<RegionLocation> locate(KeyRange range);
}
