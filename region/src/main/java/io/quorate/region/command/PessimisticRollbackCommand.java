package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.RegionReply.Done;
import io.quorate.region.api.RegionRequest.PessimisticRollback;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import java.util.List;

/// Gives back the locks of a statement that is run again or given up. Locks that a later statement
/// raised since stay.
public final class PessimisticRollbackCommand implements WriteCommand {
    private final PessimisticRollback request;

    public PessimisticRollbackCommand(PessimisticRollback request) {
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
            if (lock != null
                    && lock.belongsTo(request.start())
                    && lock.isPessimistic()
                    && !lock.forUpdate().isAfter(request.forUpdate())) {
                writes.dropPessimisticLock(key, lock);
            }
        }
        return writes.with(new Done(null));
    }
}
