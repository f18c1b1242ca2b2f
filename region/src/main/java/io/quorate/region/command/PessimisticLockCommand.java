package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.RegionReply.Locked;
import io.quorate.region.api.RegionRequest.PessimisticLock;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.region.mvcc.Version;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Locks keys for a statement of a running transaction: all of them or none. A key with a version
/// newer than the statement's `forUpdate` is refused, for the statement did not see that version.
///
/// A request for the newest version is not refused: its `forUpdate` is raised to what is there. Where
/// there is no value, or only one that somebody has not committed yet, there is nothing to lock.
///
/// A request that comes again finds its own locks and keeps the larger `forUpdate`. One that comes
/// after the transaction ended finds the end's record; only after a mere
/// [PessimisticRollbackCommand], which leaves no record, it may leave a lock behind: that lock never
/// commits, and goes when its time has run out.
public final class PessimisticLockCommand implements WriteCommand {
    private final PessimisticLock request;

    public PessimisticLockCommand(PessimisticLock request) {
        this.request = request;
    }

    @Override
    public List<ByteSlice> keys() {
        return request.keys();
    }

    /// A lock that a fail-over loses is missed by the prewrite, which then checks again that nobody
    /// wrote since the key was locked.
    @Override
    public boolean isAnsweredEarly() {
        return true;
    }

    @Override
    public Outcome evaluate(MvccReader reader) {
        TxnWrites writes = new TxnWrites();
        List<@Nullable ByteSlice> values = new ArrayList<>();
        Timestamp forUpdate = forUpdate(reader);
        for (ByteSlice key : request.keys()) {
            LockRecord lock = reader.lock(key);
            if (request.newest() && isAbsent(reader, key, lock)) {
                values.add(null);
                continue;
            }
            KeyError error = obstacle(reader, key, lock, forUpdate);
            if (error != null) {
                return Outcome.unchanged(Locked.refused(error));
            }
            if (lock == null || isRaised(lock, forUpdate)) {
                writes.putLock(key, lockFor(lock, forUpdate));
            }
            if (request.returnValues()) {
                values.add(reader.newestValue(key));
            }
        }
        return writes.with(new Locked(null, values, forUpdate));
    }

    private Timestamp forUpdate(MvccReader reader) {
        Timestamp forUpdate = request.forUpdate();
        if (request.newest()) {
            for (ByteSlice key : request.keys()) {
                Version newest = reader.newestCommit(key);
                if (newest != null) {
                    forUpdate = Timestamp.max(forUpdate, newest.at());
                }
            }
        }
        return forUpdate;
    }

    /// Whether no committed row is there. One that is being committed may be: its lock decides.
    private static boolean isAbsent(MvccReader reader, ByteSlice key, @Nullable LockRecord lock) {
        return (lock == null || lock.isPessimistic()) && reader.newestValue(key) == null;
    }

    private @Nullable KeyError obstacle(
            MvccReader reader, ByteSlice key, @Nullable LockRecord lock, Timestamp forUpdate) {
        if (lock != null && lock.belongsTo(request.start())) {
            return request.mustNotExist() && reader.newestValue(key) != null
                    ? new KeyError.AlreadyExists(key)
                    : null;
        }
        Version record = reader.recordOf(key, request.start());
        if (record != null) {
            return record.isRollback()
                    ? new KeyError.RolledBack(key)
                    : new KeyError.Committed(record.at());
        }
        if (lock != null) {
            return new KeyError.Locked(lock.info(key));
        }
        return PrewriteCommand.conflict(reader, key, request.mustNotExist(), forUpdate);
    }

    /// Whether our own lock is to be written again. One that was prewritten since is stronger
    /// already: this request is late.
    private static boolean isRaised(LockRecord own, Timestamp forUpdate) {
        return own.isPessimistic() && forUpdate.isAfter(own.forUpdate());
    }

    private LockRecord lockFor(@Nullable LockRecord own, Timestamp forUpdate) {
        Timestamp minCommit = new Timestamp(Timestamp.max(request.start(), forUpdate).value() + 1);
        long ttlMillis = request.ttlMillis();
        if (own != null) {
            minCommit = Timestamp.max(minCommit, own.minCommit());
            ttlMillis = Math.max(ttlMillis, own.ttlMillis());
        }
        return new LockRecord(
                LockKind.PESSIMISTIC,
                request.start(),
                request.primary(),
                ttlMillis,
                forUpdate,
                minCommit,
                null);
    }
}
