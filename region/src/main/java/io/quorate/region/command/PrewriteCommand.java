package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.Prewritten;
import io.quorate.region.api.RegionRequest.Prewrite;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.region.mvcc.Version;
import io.quorate.region.mvcc.WriteRecord;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first phase of a commit, or the whole of it where all mutations lie in one region.
///
/// Order of verdicts: the transaction's own commit record; then, key by key, its own lock or rollback
/// record; and only then other transactions' locks and versions.
///
/// A one-phase commit computes its timestamp from `maxRead`, the newest timestamp anyone read the
/// region at, which the caller took **after** it published these keys to readers. If the transaction
/// turns out to have prewritten a key before, the rest is prewritten as well and the answer has no
/// commit timestamp: the commit then takes its second phase.
public final class PrewriteCommand implements WriteCommand {
    private final Prewrite request;
    private final Timestamp maxRead;
    private final boolean ignoreLocks;

    /// @param ignoreLocks overwrite other transactions' locks: wrong, and only for showing so
    public PrewriteCommand(Prewrite request, Timestamp maxRead, boolean ignoreLocks) {
        this.request = request;
        this.maxRead = maxRead;
        this.ignoreLocks = ignoreLocks;
    }

    @Override
    public List<ByteSlice> keys() {
        return request.mutations().stream().map(Mutation::key).toList();
    }

    @Override
    public Outcome evaluate(MvccReader reader) {
        List<@Nullable LockRecord> ownLocks = new ArrayList<>();
        Timestamp committed = null;
        KeyError error = null;
        for (Mutation mutation : request.mutations()) {
            LockRecord lock = reader.lock(mutation.key());
            LockRecord own = lock != null && lock.belongsTo(request.start()) ? lock : null;
            ownLocks.add(own);
            Version record = own == null ? reader.recordOf(mutation.key(), request.start()) : null;
            if (record != null && !record.isRollback()) {
                committed = record.at();
                break;
            }
            if (error == null) {
                error = obstacle(reader, mutation, lock, own, record);
            }
        }
        if (committed != null) {
            return Outcome.unchanged(alreadyCommitted(committed));
        }
        if (error != null) {
            return Outcome.unchanged(new Prewritten(error, Timestamp.ZERO, null));
        }
        boolean untouched = ownLocks.stream().allMatch(own -> own == null || own.isPessimistic());
        return request.onePhase() && untouched ? commitAtOnce(ownLocks) : prewrite(ownLocks);
    }

    private RegionReply.Answer alreadyCommitted(Timestamp commit) {
        return request.onePhase()
                ? new Prewritten(null, commit, commit)
                : new Prewritten(new KeyError.Committed(commit), Timestamp.ZERO, null);
    }

    private @Nullable KeyError obstacle(
            MvccReader reader,
            Mutation mutation,
            @Nullable LockRecord lock,
            @Nullable LockRecord own,
            @Nullable Version record) {
        ByteSlice key = mutation.key();
        if (own != null && !own.isPessimistic()) {
            return null;
        }
        if (record != null) {
            return new KeyError.RolledBack(key);
        }
        if (lock != null && own == null && !ignoreLocks) {
            // Whoever holds the key now took it after our lock was lost.
            return mutation.pessimistic()
                    ? new KeyError.PessimisticLockNotFound(key)
                    : new KeyError.Locked(lock.info(key));
        }
        // A lost lock that nobody made use of does no harm: nobody wrote since it was taken.
        return conflict(reader, mutation);
    }

    /// A version that is newer than the floor, or that is there and must not be. That a key exists is
    /// told first: it is the answer that trying again would bring as well.
    static @Nullable KeyError conflict(MvccReader reader, Mutation mutation) {
        return conflict(reader, mutation.key(), mutation.mustNotExist(), mutation.conflictFloor());
    }

    static @Nullable KeyError conflict(
            MvccReader reader, ByteSlice key, boolean mustNotExist, Timestamp floor) {
        if (mustNotExist && reader.newestValue(key) != null) {
            return new KeyError.AlreadyExists(key);
        }
        Version newest = reader.newestCommit(key);
        if (newest != null && newest.at().isAfter(floor)) {
            return new KeyError.WriteConflict(key, newest.record().start(), newest.at());
        }
        return null;
    }

    private Outcome prewrite(List<@Nullable LockRecord> ownLocks) {
        TxnWrites writes = new TxnWrites();
        Timestamp least = Timestamp.ZERO;
        for (int i = 0; i < ownLocks.size(); i++) {
            LockRecord own = ownLocks.get(i);
            if (own == null || own.isPessimistic()) {
                Mutation mutation = request.mutations().get(i);
                LockRecord lock = lockFor(mutation, own, writes);
                writes.putLock(mutation.key(), lock);
                least = Timestamp.max(least, lock.minCommit());
            } else {
                least = Timestamp.max(least, own.minCommit());
            }
        }
        return writes.with(new Prewritten(null, least, null));
    }

    private LockRecord lockFor(Mutation mutation, @Nullable LockRecord own, TxnWrites writes) {
        Timestamp forUpdate = request.forUpdate();
        Timestamp minCommit = new Timestamp(Timestamp.max(request.start(), forUpdate).value() + 1);
        long ttlMillis = request.ttlMillis();
        if (own != null) {
            forUpdate = Timestamp.max(forUpdate, own.forUpdate());
            minCommit = Timestamp.max(minCommit, own.minCommit());
            ttlMillis = Math.max(ttlMillis, own.ttlMillis());
        }
        return new LockRecord(
                mutation.kind(),
                request.start(),
                request.primary(),
                ttlMillis,
                forUpdate,
                minCommit,
                writes.placeValue(
                        mutation.key(), request.start(), mutation.kind(), mutation.value()));
    }

    private Outcome commitAtOnce(List<@Nullable LockRecord> ownLocks) {
        Timestamp commit = onePhaseCommit(ownLocks);
        if (commit.isAfter(request.maxCommit())) {
            KeyError tooLate = new KeyError.CommitTooLate(request.maxCommit());
            return Outcome.unchanged(new Prewritten(tooLate, Timestamp.ZERO, null));
        }
        TxnWrites writes = new TxnWrites();
        for (int i = 0; i < ownLocks.size(); i++) {
            Mutation mutation = request.mutations().get(i);
            LockRecord own = ownLocks.get(i);
            if (own != null) {
                writes.dropPessimisticLock(mutation.key(), own);
            }
            ByteSlice inside =
                    writes.placeValue(
                            mutation.key(), request.start(), mutation.kind(), mutation.value());
            WriteRecord.Kind kind = WriteRecord.kindOf(mutation.kind());
            writes.putVersion(
                    mutation.key(), commit, new WriteRecord(kind, request.start(), false, inside));
        }
        return writes.with(new Prewritten(null, commit, commit));
    }

    /// Odd, hence never a timestamp of the oracle; later than everything read here so far, than the
    /// versions that the mutations allow below them, and not before what readers pushed the
    /// transaction to. And no later than that: all of these go back to (even) timestamps that the
    /// oracle gave out before, so the next one it gives out lies after the commit, and whoever starts
    /// after hearing of the commit sees it.
    private Timestamp onePhaseCommit(List<@Nullable LockRecord> ownLocks) {
        Timestamp last =
                Timestamp.max(maxRead, Timestamp.max(request.start(), request.forUpdate()));
        for (Mutation mutation : request.mutations()) {
            last = Timestamp.max(last, mutation.conflictFloor());
        }
        for (LockRecord own : ownLocks) {
            if (own != null) {
                last = Timestamp.max(last, new Timestamp(own.minCommit().value() - 1));
            }
        }
        return new Timestamp((last.value() + 1) | 1);
    }
}
