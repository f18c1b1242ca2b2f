package io.quorate.tso.rpc;

import io.quorate.common.env.NodeId;
import io.quorate.tso.api.ClusterMeta.OldLease;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the oracle's leader answers.
public sealed interface TsoReply {
    /// `first` and those after it in steps of two.
    record Timestamps(Timestamp first, int count) implements TsoReply {}

    record Ids(long first) implements TsoReply {}

    record LeaseGranted(long version, Timestamp until) implements TsoReply {}

    record LeaseRefused(long minimumVersion) implements TsoReply {}

    record OldLeases(List<OldLease> leases) implements TsoReply {}

    record Released() implements TsoReply {}

    /// The asked node does not lead; `leader` does, as far as it knows.
    record NotLeader(@Nullable NodeId leader) implements TsoReply {}

    /// It leads but could not do it: ask again after a moment.
    record TryAgain(String why) implements TsoReply {}
}
