package io.quorate.tso.api;

/// The source of the one order.
public interface TimestampOracle {
    /// A timestamp greater than every one that any node of the cluster was given before this call,
    /// across changes of the oracle's leader and restarts. Blocks while the oracle has no leader;
    /// throws [io.quorate.common.error.QuorateException] with CANNOT_CONNECT_NOW when it has none for
    /// too long.
    Timestamp next();

    /// A recent timestamp for judging ages, without asking: at most what was handed out so far.
    Timestamp lastSeen();
}
