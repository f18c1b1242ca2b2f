package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.RegionReply.Done;
import io.quorate.region.api.RegionRequest.Rollback;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.region.mvcc.Version;
import java.util.List;

/// Ends a transaction on keys for ever: whatever of it comes later finds the record and is refused,
/// and that is so for keys it never reached as well.
public final class RollbackCommand implements WriteCommand {
    private final Rollback request;

    public RollbackCommand(Rollback request) {
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
            if (lock != null && lock.belongsTo(request.start())) {
                writes.rollback(key, request.start(), lock, request.protect());
                continue;
            }
            Version record = reader.recordOf(key, request.start());
            if (record != null && !record.isRollback()) {
                return Outcome.unchanged(new Done(new KeyError.Committed(record.at())));
            }
            if (record == null || (request.protect() && !record.record().protectedRollback())) {
                writes.rollback(key, request.start(), null, request.protect());
            }
        }
        return writes.with(new Done(null));
    }
}
