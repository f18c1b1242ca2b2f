package io.quorate.txn.model;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionReply.Done;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.region.api.RegionReply.Locked;
import io.quorate.region.api.RegionReply.Locks;
import io.quorate.region.api.RegionReply.Prewritten;
import io.quorate.region.api.RegionReply.Rows;
import io.quorate.region.api.RegionReply.Status;
import io.quorate.region.api.RegionReply.Values;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.TxnStatus;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.model.ModelKey.Lock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All keys of the cluster, and what each request does to them, in one step.
public final class ModelStore {
    private final NavigableMap<ByteSlice, ModelKey> keys = new TreeMap<>();
    private Timestamp maxRead = Timestamp.ZERO;

    /// Answers a request. Waiting for locks is the client's affair: `waitMillis` is not looked at.
    public Answer handle(RegionRequest request) {
        return switch (request) {
            case RegionRequest.Get get -> get(get);
            case RegionRequest.Scan scan -> scan(scan);
            case RegionRequest.Prewrite prewrite -> prewrite(prewrite);
            case RegionRequest.PessimisticLock lock -> pessimisticLock(lock);
            case RegionRequest.PessimisticRollback back -> pessimisticRollback(back);
            case RegionRequest.Commit commit -> commit(commit);
            case RegionRequest.Rollback rollback -> rollback(rollback);
            case RegionRequest.CheckTxnStatus check -> new Status(null, check(check));
            case RegionRequest.ResolveLock resolve -> resolve(resolve);
            case RegionRequest.TxnHeartbeat beat -> heartbeat(beat);
            case RegionRequest.ScanLocks scan -> scanLocks(scan);
            case RegionRequest.Split _ -> throw Check.unreachable("no coordinator splits");
            case RegionRequest.TransferLeader _ -> throw Check.unreachable("nor moves leaders");
        };
    }

    /// The locks there are, for a test to look at.
    public List<LockInfo> locks() {
        List<LockInfo> locks = new ArrayList<>();
        keys.forEach((key, state) -> {
            if (state.lock != null) {
                locks.add(state.lock.info(key));
            }
        });
        return locks;
    }

    /// When the transaction committed on each key it wrote.
    public Map<ByteSlice, Timestamp> commitsOf(Timestamp start) {
        Map<ByteSlice, Timestamp> commits = new TreeMap<>();
        keys.forEach((key, state) -> {
            Timestamp commit = state.commitOf(start);
            if (commit != null) {
                commits.put(key, commit);
            }
        });
        return commits;
    }

    public @Nullable ByteSlice newest(ByteSlice key) {
        return at(key).valueAt(Timestamp.MAX);
    }

    private ModelKey at(ByteSlice key) {
        return keys.computeIfAbsent(key, _ -> new ModelKey());
    }

    private Answer get(RegionRequest.Get get) {
        maxRead = Timestamp.max(maxRead, get.read());
        List<@Nullable ByteSlice> values = new ArrayList<>();
        for (ByteSlice key : get.keys()) {
            KeyError blocking = blocking(key, get.read(), get.resolved());
            if (blocking != null) {
                return new Values(blocking, List.of());
            }
            values.add(at(key).valueAt(get.read()));
        }
        return new Values(null, values);
    }

    private Answer scan(RegionRequest.Scan scan) {
        maxRead = Timestamp.max(maxRead, scan.read());
        List<KeyValue> rows = new ArrayList<>();
        NavigableMap<ByteSlice, ModelKey> part = part(scan.range());
        for (ByteSlice key : (scan.reverse() ? part.descendingMap() : part).keySet()) {
            if (rows.size() == scan.limit()) {
                ByteSlice last = rows.getLast().key();
                return new Rows(null, rows, scan.reverse() ? last : last.successor());
            }
            KeyError blocking = blocking(key, scan.read(), scan.resolved());
            if (blocking != null) {
                return new Rows(blocking, List.of(), null);
            }
            ByteSlice value = at(key).valueAt(scan.read());
            if (value != null) {
                rows.add(new KeyValue(key, value));
            }
        }
        return new Rows(null, rows, null);
    }

    private NavigableMap<ByteSlice, ModelKey> part(KeyRange range) {
        ByteSlice end = range.end();
        NavigableMap<ByteSlice, ModelKey> part =
                end == null
                        ? keys.tailMap(range.start(), true)
                        : keys.subMap(range.start(), true, end, false);
        return new TreeMap<>(part);
    }

    private @Nullable KeyError blocking(ByteSlice key, Timestamp read, List<Timestamp> resolved) {
        Lock lock = at(key).lock;
        if (lock == null || lock.kind() == LockKind.LOCK || lock.isPessimistic()) {
            return null;
        }
        return lock.minCommit().isAfter(read) || resolved.contains(lock.start())
                ? null
                : new KeyError.Locked(lock.info(key));
    }

    private Answer prewrite(RegionRequest.Prewrite request) {
        KeyError error = null;
        boolean untouched = true;
        for (Mutation mutation : request.mutations()) {
            ModelKey state = at(mutation.key());
            Timestamp committed = state.commitOf(request.start());
            if (committed != null) {
                return request.onePhase()
                        ? new Prewritten(null, committed, committed)
                        : new Prewritten(new KeyError.Committed(committed), Timestamp.ZERO, null);
            }
            Lock own = state.ownLock(request.start());
            untouched &= own == null || own.isPessimistic();
            if (error == null && (own == null || own.isPessimistic())) {
                error = obstacle(state, mutation, request.start(), own);
            }
        }
        if (error != null) {
            return new Prewritten(error, Timestamp.ZERO, null);
        }
        return request.onePhase() && untouched ? commitAtOnce(request) : lockAll(request);
    }

    private @Nullable KeyError obstacle(
            ModelKey state, Mutation mutation, Timestamp start, @Nullable Lock own) {
        if (state.isRolledBack(start)) {
            return new KeyError.RolledBack(mutation.key());
        }
        if (state.lock != null && own == null) {
            return mutation.pessimistic()
                    ? new KeyError.PessimisticLockNotFound(mutation.key())
                    : new KeyError.Locked(state.lock.info(mutation.key()));
        }
        return conflict(state, mutation.key(), mutation.mustNotExist(), mutation.conflictFloor());
    }

    private static @Nullable KeyError conflict(
            ModelKey state, ByteSlice key, boolean mustNotExist, Timestamp floor) {
        if (mustNotExist && state.valueAt(Timestamp.MAX) != null) {
            return new KeyError.AlreadyExists(key);
        }
        Timestamp newest = state.newestCommit();
        return newest != null && newest.isAfter(floor)
                ? new KeyError.WriteConflict(key, Timestamp.ZERO, newest)
                : null;
    }

    private Answer lockAll(RegionRequest.Prewrite request) {
        Timestamp least = Timestamp.ZERO;
        for (Mutation mutation : request.mutations()) {
            ModelKey state = at(mutation.key());
            Lock own = state.ownLock(request.start());
            if (own == null || own.isPessimistic()) {
                Timestamp forUpdate = Timestamp.max(request.start(), request.forUpdate());
                Timestamp minCommit = new Timestamp(forUpdate.value() + 1);
                long ttlMillis = request.ttlMillis();
                if (own != null) {
                    minCommit = Timestamp.max(minCommit, own.minCommit());
                    ttlMillis = Math.max(ttlMillis, own.ttlMillis());
                }
                own =
                        new Lock(
                                mutation.kind(),
                                request.start(),
                                request.primary(),
                                ttlMillis,
                                request.forUpdate(),
                                minCommit,
                                mutation.value());
                state.lock = own;
            }
            least = Timestamp.max(least, own.minCommit());
        }
        return new Prewritten(null, least, null);
    }

    private Answer commitAtOnce(RegionRequest.Prewrite request) {
        Timestamp last =
                Timestamp.max(maxRead, Timestamp.max(request.start(), request.forUpdate()));
        for (Mutation mutation : request.mutations()) {
            last = Timestamp.max(last, mutation.conflictFloor());
            Lock own = at(mutation.key()).lock;
            if (own != null) {
                last = Timestamp.max(last, own.minCommit());
            }
        }
        Timestamp commit = new Timestamp((last.value() + 1) | 1);
        if (commit.isAfter(request.maxCommit())) {
            return new Prewritten(
                    new KeyError.CommitTooLate(request.maxCommit()), Timestamp.ZERO, null);
        }
        lockAll(request);
        for (Mutation mutation : request.mutations()) {
            ModelKey state = at(mutation.key());
            state.commit(Check.present(state.lock, "just locked"), commit);
        }
        return new Prewritten(null, commit, commit);
    }

    private Answer pessimisticLock(RegionRequest.PessimisticLock request) {
        Timestamp forUpdate = request.forUpdate();
        if (request.newest()) {
            ModelKey only = at(request.keys().getFirst());
            Timestamp newest = only.newestCommit();
            forUpdate = newest == null ? forUpdate : Timestamp.max(forUpdate, newest);
            boolean uncommitted = only.lock == null || only.lock.isPessimistic();
            if (uncommitted && only.valueAt(Timestamp.MAX) == null) {
                return new Locked(null, Collections.singletonList(null), forUpdate);
            }
        }
        for (ByteSlice key : request.keys()) {
            KeyError error = obstacle(key, request, forUpdate);
            if (error != null) {
                return Locked.refused(error);
            }
        }
        List<@Nullable ByteSlice> values = new ArrayList<>();
        for (ByteSlice key : request.keys()) {
            ModelKey state = at(key);
            if (state.ownLock(request.start()) == null) {
                Timestamp minCommit =
                        new Timestamp(Timestamp.max(request.start(), forUpdate).value() + 1);
                state.lock =
                        new Lock(
                                LockKind.PESSIMISTIC,
                                request.start(),
                                request.primary(),
                                request.ttlMillis(),
                                forUpdate,
                                minCommit,
                                ByteSlice.EMPTY);
            }
            values.add(state.valueAt(Timestamp.MAX));
        }
        return new Locked(null, values, forUpdate);
    }

    private @Nullable KeyError obstacle(
            ByteSlice key, RegionRequest.PessimisticLock request, Timestamp forUpdate) {
        ModelKey state = at(key);
        if (state.isRolledBack(request.start())) {
            return new KeyError.RolledBack(key);
        }
        boolean own = state.ownLock(request.start()) != null;
        if (state.lock != null && !own) {
            return new KeyError.Locked(state.lock.info(key));
        }
        Timestamp floor = own ? Timestamp.MAX : forUpdate;
        return conflict(state, key, request.mustNotExist(), floor);
    }

    private Answer pessimisticRollback(RegionRequest.PessimisticRollback request) {
        for (ByteSlice key : request.keys()) {
            ModelKey state = at(key);
            Lock own = state.ownLock(request.start());
            if (own != null
                    && own.isPessimistic()
                    && !own.forUpdate().isAfter(request.forUpdate())) {
                state.lock = null;
            }
        }
        return new Done(null);
    }

    private Answer commit(RegionRequest.Commit request) {
        for (ByteSlice key : request.keys()) {
            ModelKey state = at(key);
            Lock own = state.ownLock(request.start());
            if (own == null || own.isPessimistic()) {
                Timestamp committed = state.commitOf(request.start());
                if (committed == null) {
                    return new Done(new KeyError.LockNotFound(key));
                }
                if (!committed.equals(request.commit())) {
                    return new Done(new KeyError.Committed(committed));
                }
            } else if (request.commit().isBefore(own.minCommit())) {
                return new Done(new KeyError.CommitTooEarly(key, own.minCommit()));
            }
        }
        for (ByteSlice key : request.keys()) {
            ModelKey state = at(key);
            Lock own = state.ownLock(request.start());
            if (own != null) {
                state.commit(own, request.commit());
            }
        }
        return new Done(null);
    }

    private Answer rollback(RegionRequest.Rollback request) {
        for (ByteSlice key : request.keys()) {
            Timestamp committed = at(key).commitOf(request.start());
            if (committed != null) {
                return new Done(new KeyError.Committed(committed));
            }
        }
        request.keys().forEach(key -> at(key).rollBack(request.start(), request.protect()));
        return new Done(null);
    }

    private TxnStatus check(RegionRequest.CheckTxnStatus request) {
        ModelKey state = at(request.primary());
        Lock lock = state.ownLock(request.start());
        if (lock == null) {
            Timestamp committed = state.commitOf(request.start());
            if (committed != null) {
                return new TxnStatus.Committed(committed);
            }
            if (!state.isRolledBack(request.start()) && !request.rollbackIfMissing()) {
                return new TxnStatus.Missing();
            }
            state.rollBack(request.start(), true);
            return new TxnStatus.RolledBack();
        }
        if (lock.expired(request.now())) {
            if (lock.isPessimistic() && request.resolvingPessimistic()) {
                state.lock = null;
                return new TxnStatus.PessimisticLockGone();
            }
            state.rollBack(request.start(), true);
            return new TxnStatus.RolledBack();
        }
        Timestamp pushed = new Timestamp(request.caller().value() + 1);
        if (pushed.isAfter(lock.minCommit())) {
            lock = lock.pushed(pushed);
            state.lock = lock;
        }
        return new TxnStatus.Live(lock.info(request.primary()), lock.minCommit());
    }

    private Answer resolve(RegionRequest.ResolveLock request) {
        for (ByteSlice key : request.keys()) {
            ModelKey state = at(key);
            Lock own = state.ownLock(request.start());
            if (own == null) {
                continue;
            }
            if (request.commit() == null) {
                state.rollBack(request.start(), false);
            } else if (own.isPessimistic()) {
                state.lock = null;
            } else {
                Check.that(
                        !request.commit().isBefore(own.minCommit()), "commits after the minimum");
                state.commit(own, request.commit());
            }
        }
        return new Done(null);
    }

    private Answer heartbeat(RegionRequest.TxnHeartbeat request) {
        ModelKey state = at(request.primary());
        Lock own = state.ownLock(request.start());
        if (own == null) {
            return new Done(new KeyError.LockNotFound(request.primary()));
        }
        state.lock = own.prolonged(Math.max(own.ttlMillis(), request.ttlMillis()));
        return new Done(null);
    }

    private Answer scanLocks(RegionRequest.ScanLocks request) {
        List<LockInfo> found = new ArrayList<>();
        part(request.range())
                .forEach((key, state) -> {
                    if (state.lock != null
                            && !state.lock.start().isAfter(request.max())
                            && found.size() < request.limit()) {
                        found.add(state.lock.info(key));
                    }
                });
        return new Locks(null, found);
    }
}
