package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.RegionReply.Done;
import io.quorate.region.api.RegionRequest.ResolveLock;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.tso.api.Timestamp;
import java.util.List;

/// Carries a transaction's verdict, which its primary gave, to locks it left elsewhere. Keys without
/// a lock of the transaction were settled before.
public final class ResolveLockCommand implements WriteCommand {
    private final ResolveLock request;

    public ResolveLockCommand(ResolveLock request) {
        this.request = request;
    }

    @Override
    public List<ByteSlice> keys() {
        return request.keys();
    }

    @Override
    public Outcome evaluate(MvccReader reader) {
        TxnWrites writes = new TxnWrites();
        Timestamp commit = request.commit();
        for (ByteSlice key : request.keys()) {
            LockRecord lock = reader.lock(key);
            if (lock == null || !lock.belongsTo(request.start())) {
                continue;
            }
            if (commit == null) {
                writes.rollback(key, request.start(), lock, false);
            } else if (lock.isPessimistic()) {
                // The transaction committed without this key: a late duplicate left the lock.
                writes.dropPessimisticLock(key, lock);
            } else if (commit.isBefore(lock.minCommit())) {
                return Outcome.unchanged(
                        new Done(new KeyError.CommitTooEarly(key, lock.minCommit())));
            } else {
                writes.commit(key, lock, commit);
            }
        }
        return writes.with(new Done(null));
    }
}
