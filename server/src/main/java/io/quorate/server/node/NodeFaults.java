package io.quorate.server.node;

import io.quorate.region.api.RegionFaults;
import io.quorate.txn.api.TxnFaults;

/// Rules switched off on purpose, for demonstrations that the damage is found.
public record NodeFaults(RegionFaults region, TxnFaults transactions) {
    public static final NodeFaults NONE = new NodeFaults(RegionFaults.NONE, TxnFaults.NONE);
}
