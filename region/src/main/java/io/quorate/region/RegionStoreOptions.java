package io.quorate.region;

/// @param requestTimeoutNanos how long a request waits for latches, a quorum or the disk; time spent
///     waiting for another transaction's lock is not counted
/// @param flushIntervalNanos unflushed changes older than this are flushed, so that the log may go
/// @param flushBytes as many unflushed bytes are flushed at once
public record RegionStoreOptions(
        long requestTimeoutNanos, long flushIntervalNanos, long flushBytes) {
    public static final RegionStoreOptions DEFAULT =
            new RegionStoreOptions(5_000_000_000L, 60_000_000_000L, 64L << 20);
}
