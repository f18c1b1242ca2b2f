package io.quorate.txn.api;

import io.quorate.common.env.NodeId;
import org.jspecify.annotations.Nullable;

/// Where the cluster's deadlock detector is: on the node that leads the oracle's group.
public interface DetectorHost {
    /// The node as far as known here, or null. A wrong answer costs a repeated question, no more.
    @Nullable NodeId node();
}
