package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.raftstore.api.SnapshotConfig;

/// How a store runs its groups. The same on all stores of a cluster, save for the sizes.
///
/// @param clusterId which cluster the store belongs to; a log of another one is refused
/// @param tickMillis the unit of the two that follow
/// @param electionTicks a follower campaigns after this many ticks, up to twice as many, without a
///     leader
/// @param heartbeatTicks how often a leader says that it is there
/// @param shards loops among which the groups are divided
/// @param appliers threads among which applying is divided
/// @param segmentBytes size of a log file
/// @param extentBytes how much of a log file is filled with zeros ahead of the writes
/// @param entryCacheBytesMax log entries held in memory for followers that lag a little
/// @param uncommittedBytesMax entries of one group proposed and not yet committed; beyond it,
///     proposals are refused as busy
/// @param writeBytesMax the log writer gathers about this much for one write
/// @param snapshots how replicas that the log does not reach any more get the state itself
/// @param faults built-in faults for tests of the tests
public record RaftStoreConfig(
        long clusterId,
        int tickMillis,
        int electionTicks,
        int heartbeatTicks,
        int shards,
        int appliers,
        int segmentBytes,
        int extentBytes,
        long entryCacheBytesMax,
        long uncommittedBytesMax,
        long writeBytesMax,
        SnapshotConfig snapshots,
        FaultSwitches faults) {

    public RaftStoreConfig {
        Check.that(tickMillis > 0, "a tick takes time");
        Check.that(shards > 0 && appliers > 0, "a store has at least one loop of each kind");
        Check.that(extentBytes > 0 && extentBytes <= segmentBytes, "extents fit into segments");
    }

    public static RaftStoreConfig standard(long clusterId) {
        return new RaftStoreConfig(
                clusterId,
                100,
                10,
                2,
                1,
                1,
                64 << 20,
                4 << 20,
                16 << 20,
                16 << 20,
                1 << 20,
                SnapshotConfig.STANDARD,
                FaultSwitches.NONE);
    }

    /// With other times: for tests that want elections soon.
    public RaftStoreConfig withTicks(int millis, int election, int heartbeat) {
        return new RaftStoreConfig(
                clusterId,
                millis,
                election,
                heartbeat,
                shards,
                appliers,
                segmentBytes,
                extentBytes,
                entryCacheBytesMax,
                uncommittedBytesMax,
                writeBytesMax,
                snapshots,
                faults);
    }

    /// With other sizes of log files.
    public RaftStoreConfig withSegments(int segment, int extent) {
        return new RaftStoreConfig(
                clusterId,
                tickMillis,
                electionTicks,
                heartbeatTicks,
                shards,
                appliers,
                segment,
                extent,
                entryCacheBytesMax,
                uncommittedBytesMax,
                writeBytesMax,
                snapshots,
                faults);
    }

    /// With another number of threads.
    public RaftStoreConfig withLoops(int shardLoops, int applierLoops) {
        return new RaftStoreConfig(
                clusterId,
                tickMillis,
                electionTicks,
                heartbeatTicks,
                shardLoops,
                applierLoops,
                segmentBytes,
                extentBytes,
                entryCacheBytesMax,
                uncommittedBytesMax,
                writeBytesMax,
                snapshots,
                faults);
    }

    /// With other bounds for snapshots.
    public RaftStoreConfig withSnapshots(SnapshotConfig other) {
        return new RaftStoreConfig(
                clusterId,
                tickMillis,
                electionTicks,
                heartbeatTicks,
                shards,
                appliers,
                segmentBytes,
                extentBytes,
                entryCacheBytesMax,
                uncommittedBytesMax,
                writeBytesMax,
                other,
                faults);
    }

    /// With built-in faults.
    public RaftStoreConfig withFaults(FaultSwitches switches) {
        return new RaftStoreConfig(
                clusterId,
                tickMillis,
                electionTicks,
                heartbeatTicks,
                shards,
                appliers,
                segmentBytes,
                extentBytes,
                entryCacheBytesMax,
                uncommittedBytesMax,
                writeBytesMax,
                snapshots,
                switches);
    }
}
