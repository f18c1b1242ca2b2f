package io.quorate.region.route;

import io.quorate.common.env.Network.Service;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionLocation;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.codec.RegionCodecs;
import java.util.List;

/// The calls that stores answer each other.
public final class RegionServices {
    /// A request to a region.
    public static final Service<RegionRequest, RegionReply> REGION =
            new Service<>("region", RegionCodecs.REQUEST, RegionCodecs.REPLY);

    /// Which regions meet a range, as far as the asked store knows.
    public static final Service<KeyRange, List<RegionLocation>> LOCATE =
            new Service<>("region-locate", RegionCodecs.LOCATE_REQUEST, RegionCodecs.LOCATE_REPLY);

    private RegionServices() {}
}
