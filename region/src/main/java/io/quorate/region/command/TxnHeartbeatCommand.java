package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.RegionReply.Done;
import io.quorate.region.api.RegionRequest.TxnHeartbeat;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import java.util.List;

/// Prolongs a running transaction; never shortens it.
public final class TxnHeartbeatCommand implements WriteCommand {
    private final TxnHeartbeat request;

    public TxnHeartbeatCommand(TxnHeartbeat request) {
        this.request = request;
    }

    @Override
    public List<ByteSlice> keys() {
        return List.of(request.primary());
    }

    @Override
    public Outcome evaluate(MvccReader reader) {
        ByteSlice key = request.primary();
        LockRecord lock = reader.lock(key);
        if (lock == null || !lock.belongsTo(request.start())) {
            return Outcome.unchanged(new Done(new KeyError.LockNotFound(key)));
        }
        TxnWrites writes = new TxnWrites();
        if (request.ttlMillis() > lock.ttlMillis()) {
            writes.putLock(key, lock.withTtl(request.ttlMillis()));
        }
        return writes.with(new Done(null));
    }
}
