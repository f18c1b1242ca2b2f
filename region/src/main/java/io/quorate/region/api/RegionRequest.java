package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a region can be asked. Each is answered by the [RegionReply] named in its comment, or by a
/// [RegionError].
public sealed interface RegionRequest {
    RegionHeader header();

    /// Reads keys at a timestamp, on the leader, linearizably. Locks whose transaction started in
    /// `resolved` are passed over: the reader knows that they commit later than `read`, or never.
    /// Answered by [RegionReply.Values].
    record Get(RegionHeader header, List<ByteSlice> keys, Timestamp read, List<Timestamp> resolved)
            implements RegionRequest {}

    /// Reads a range in key order (or backwards), up to `limit` rows and about `bytesMax` bytes.
    /// Answered by [RegionReply.Rows].
    record Scan(
            RegionHeader header,
            KeyRange range,
            boolean reverse,
            int limit,
            int bytesMax,
            Timestamp read,
            List<Timestamp> resolved)
            implements RegionRequest {}

    /// First phase of a commit. Sent twice it answers the same; if this transaction is committed
    /// already it says so before anything else. With `onePhase` all mutations of the transaction are
    /// here and are committed at once, at a timestamp the region chooses, not after `maxCommit`.
    /// Answered by [RegionReply.Prewritten].
    record Prewrite(
            RegionHeader header,
            List<Mutation> mutations,
            ByteSlice primary,
            Timestamp start,
            Timestamp forUpdate,
            long ttlMillis,
            boolean onePhase,
            Timestamp maxCommit)
            implements RegionRequest {}

    /// Takes pessimistic locks, waiting up to `waitMillis` for each holder (0: not at all). Refuses
    /// keys with a version committed after `forUpdate`. Locking again keeps the larger `forUpdate`.
    /// All keys or none. Answered by [RegionReply.Locked].
    ///
    /// @param newest locks the newest version, however new, and raises `forUpdate` to it; a key
    ///     without a value is left alone
    record PessimisticLock(
            RegionHeader header,
            List<ByteSlice> keys,
            ByteSlice primary,
            Timestamp start,
            Timestamp forUpdate,
            long ttlMillis,
            long waitMillis,
            boolean mustNotExist,
            boolean newest,
            boolean returnValues)
            implements RegionRequest {}

    /// Gives pessimistic locks back that have a for-update timestamp up to `forUpdate`. Answered by
    /// [RegionReply.Done].
    record PessimisticRollback(
            RegionHeader header, List<ByteSlice> keys, Timestamp start, Timestamp forUpdate)
            implements RegionRequest {}

    /// Second phase. Committing what is committed succeeds. Answered by [RegionReply.Done].
    record Commit(RegionHeader header, List<ByteSlice> keys, Timestamp start, Timestamp commit)
            implements RegionRequest {}

    /// Removes the locks and leaves rollback records, protected ones where `protect`. Answered by
    /// [RegionReply.Done], or by KeyError.Committed.
    record Rollback(RegionHeader header, List<ByteSlice> keys, Timestamp start, boolean protect)
            implements RegionRequest {}

    /// Asks for the fate of a transaction at its primary; decides it if the lock's time ran out at
    /// `now`, pushes it past `caller` if it goes on, and, with `rollbackIfMissing`, makes a missing
    /// primary impossible for ever. A decided state never changes. Answered by
    /// [RegionReply.Status].
    record CheckTxnStatus(
            RegionHeader header,
            ByteSlice primary,
            Timestamp start,
            Timestamp caller,
            Timestamp now,
            boolean rollbackIfMissing,
            boolean resolvingPessimistic)
            implements RegionRequest {}

    /// Settles locks of decided transactions: committed at `commit`, or rolled back where that is
    /// null. Answered by [RegionReply.Done].
    record ResolveLock(
            RegionHeader header, List<ByteSlice> keys, Timestamp start, @Nullable Timestamp commit)
            implements RegionRequest {}

    /// Prolongs a running transaction. Answered by [RegionReply.Done] or KeyError.LockNotFound.
    record TxnHeartbeat(RegionHeader header, ByteSlice primary, Timestamp start, long ttlMillis)
            implements RegionRequest {}

    /// The locks with a start timestamp up to `max` in a range. Answered by
    /// [RegionReply.Locks].
    record ScanLocks(RegionHeader header, KeyRange range, Timestamp max, int limit)
            implements RegionRequest {}

    /// Cuts the region at keys in ascending order; the first part keeps the id. `newRegions` are the
    /// ids of the other parts. Answered by [RegionReply.Split].
    record Split(RegionHeader header, List<ByteSlice> at, List<RegionId> newRegions)
            implements RegionRequest {}

    /// Asks the leader to hand over. Answered by [RegionReply.Done] once asked.
    record TransferLeader(RegionHeader header, NodeId target) implements RegionRequest {}
}
