package io.quorate.raftstore.api;

import io.quorate.common.check.Check;

/// When a lagging replica is given a snapshot instead of the log, and how one travels.
///
/// @param logBytesKept of one group's log that much is kept for replicas that lag
/// @param logMillisKept a replica that is silent for longer has nothing kept for it
/// @param chunkBytes about how much is sent at a time
/// @param bytesPerSecond of all snapshots that a store sends
/// @param transfersMax snapshots that a store sends, and as many that it receives, at one time
/// @param sendMillisMax a snapshot that was not received after that long is given up, and with it
///     what the state machine keeps for it
public record SnapshotConfig(
        long logBytesKept,
        long logMillisKept,
        int chunkBytes,
        long bytesPerSecond,
        int transfersMax,
        long sendMillisMax) {
    public static final SnapshotConfig STANDARD =
            new SnapshotConfig(64 << 20, 600_000, 1 << 20, 64 << 20, 32, 600_000);

    public SnapshotConfig {
        Check.that(chunkBytes > 0 && bytesPerSecond > 0, "chunks and their rate are positive");
    }
}
