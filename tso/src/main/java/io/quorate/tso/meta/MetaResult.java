package io.quorate.tso.meta;

import io.quorate.tso.api.ClusterMeta.OldLease;
import io.quorate.tso.api.Timestamp;
import java.util.List;

/// What applying a [MetaCommand] gave.
public sealed interface MetaResult {
    /// The limit that holds now, which may be higher than the wanted one.
    record LimitRaised(long limitMillis) implements MetaResult {}

    record Ids(long first) implements MetaResult {}

    record LeaseGranted(long version, Timestamp until) implements MetaResult {}

    record LeaseRefused(long minimumVersion) implements MetaResult {}

    record OldLeases(List<OldLease> leases) implements MetaResult {}

    record Released() implements MetaResult {}

    /// The first entry of a leader's term, which says nothing.
    record Nothing() implements MetaResult {}
}
