package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.RegionReply.Status;
import io.quorate.region.api.RegionRequest.CheckTxnStatus;
import io.quorate.region.api.TxnStatus;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.region.mvcc.Version;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Someone met a lock and asks its primary what became of the transaction. The answer may make
/// itself true: a transaction that was silent too long, or that never reached its primary, is rolled
/// back by a protected record; one that goes on is pushed so that it commits after the asker's read.
public final class CheckTxnStatusCommand implements WriteCommand {
    private final CheckTxnStatus request;

    public CheckTxnStatusCommand(CheckTxnStatus request) {
        this.request = request;
    }

    @Override
    public List<ByteSlice> keys() {
        return List.of(request.primary());
    }

    @Override
    public Outcome evaluate(MvccReader reader) {
        LockRecord lock = reader.lock(request.primary());
        if (lock != null && lock.belongsTo(request.start())) {
            return locked(lock);
        }
        Version record = reader.recordOf(request.primary(), request.start());
        if (record != null) {
            return unchanged(
                    record.isRollback()
                            ? new TxnStatus.RolledBack()
                            : new TxnStatus.Committed(record.at()));
        }
        return request.rollbackIfMissing()
                ? rollback(new TxnWrites(), null)
                : unchanged(new TxnStatus.Missing());
    }

    private Outcome locked(LockRecord lock) {
        if (!lock.primary().equals(request.primary())) {
            // The transaction chose another primary since the asker's lock was written: this key
            // decides nothing, so nothing is decided here.
            return live(new TxnWrites(), lock);
        }
        if (lock.isExpired(request.now())) {
            return expired(lock);
        }
        Timestamp pushed = new Timestamp(request.caller().value() + 1);
        boolean wantsPush = !request.caller().equals(Timestamp.MAX);
        if (!wantsPush || !pushed.isAfter(lock.minCommit())) {
            return live(new TxnWrites(), lock);
        }
        TxnWrites writes = new TxnWrites();
        LockRecord after = lock.withMinCommit(pushed);
        writes.putLock(request.primary(), after);
        return live(writes, after);
    }

    private Outcome expired(LockRecord lock) {
        TxnWrites writes = new TxnWrites();
        if (lock.isPessimistic() && request.resolvingPessimistic()) {
            writes.dropPessimisticLock(request.primary(), lock);
            return writes.with(new Status(null, new TxnStatus.PessimisticLockGone()));
        }
        return rollback(writes, lock);
    }

    private Outcome rollback(TxnWrites writes, @Nullable LockRecord lock) {
        writes.rollback(request.primary(), request.start(), lock, true);
        return writes.with(new Status(null, new TxnStatus.RolledBack()));
    }

    private Outcome live(TxnWrites writes, LockRecord lock) {
        TxnStatus status = new TxnStatus.Live(lock.info(request.primary()), lock.minCommit());
        return writes.with(new Status(null, status));
    }

    private static Outcome unchanged(TxnStatus status) {
        return Outcome.unchanged(new Status(null, status));
    }
}
