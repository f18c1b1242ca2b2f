package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.RegionReply.Done;
import io.quorate.region.api.RegionRequest.Commit;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.region.mvcc.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The second phase of a commit. On the primary it decides the transaction.
public final class CommitCommand implements WriteCommand {
    private final Commit request;

    public CommitCommand(Commit request) {
        this.request = request;
    }

    @Override
    public List<ByteSlice> keys() {
        return request.keys();
    }

    @Override
    public Outcome evaluate(MvccReader reader) {
        TxnWrites writes = new TxnWrites();
        for (ByteSlice key : request.keys()) {
            LockRecord lock = reader.lock(key);
            if (lock == null || !lock.belongsTo(request.start()) || lock.isPessimistic()) {
                KeyError error = withoutLock(key, reader.recordOf(key, request.start()));
                if (error != null) {
                    return Outcome.unchanged(new Done(error));
                }
            } else if (request.commit().isBefore(lock.minCommit())) {
                return Outcome.unchanged(
                        new Done(new KeyError.CommitTooEarly(key, lock.minCommit())));
            } else {
                writes.commit(key, lock, request.commit());
            }
        }
        return writes.with(new Done(null));
    }

    /// Nothing is wrong if the commit was done before.
    private @Nullable KeyError withoutLock(ByteSlice key, @Nullable Version record) {
        if (record == null || record.isRollback()) {
            return new KeyError.LockNotFound(key);
        }
        return record.at().equals(request.commit()) ? null : new KeyError.Committed(record.at());
    }
}
