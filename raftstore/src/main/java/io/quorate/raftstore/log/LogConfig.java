package io.quorate.raftstore.log;

/// How the log of a store is kept.
///
/// @param clusterId which cluster the store belongs to; a log of another one is refused
/// @param segmentBytes a segment takes no further record beyond this size
/// @param extentBytes how much of a segment is filled with zeros ahead of the writes: syncing a
///     record then changes no file size, which halves its cost
/// @param syncSkipped a planted fault: claim durability without syncing. Only tests that prove that
///     they would notice set it
public record LogConfig(long clusterId, int segmentBytes, int extentBytes, boolean syncSkipped) {
    public static LogConfig standard(long clusterId) {
        return new LogConfig(clusterId, 64 << 20, 4 << 20, false);
    }
}
