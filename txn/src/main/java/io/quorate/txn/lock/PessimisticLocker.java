package io.quorate.txn.lock;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionRequest;
import io.quorate.txn.api.Transaction.LockedRow;
import io.quorate.txn.call.Backoff;
import io.quorate.txn.call.Fanout;
import io.quorate.txn.call.RegionCalls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes pessimistic locks, region by region.
///
/// The primary's region is first and alone: its lock stands for the transaction, and other locks
/// without it would be taken for those of a dead one. Then all regions are asked at once, without
/// waiting; those where somebody else holds a key are waited for one after the other, in slices, since
/// a transaction waits for one other at a time.
public final class PessimisticLocker {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// A request that was not answered is sent again that often: it is harmless to repeat.
    private static final int UNANSWERED_MAX = 2;

    private final RegionCalls calls;
    private final LockResolver resolver;
    private final DetectorNode detector;

    public PessimisticLocker(RegionCalls calls, LockResolver resolver, DetectorNode detector) {
        this.calls = calls;
        this.resolver = resolver;
        this.detector = detector;
    }

    /// Locks keys, given in ascending order, that this transaction has no locks on. Returns a row for
    /// each. What was locked before an error is thrown is in the table; a key without a value of which
    /// the newest was asked for is not locked.
    public SortedMap<ByteSlice, LockedRow> lock(
            LockTable table, List<ByteSlice> keys, LockRequest request) {
        Check.that(
                !request.newest() || keys.size() == 1,
                "the newest version is asked for one key at a time, else the primary may be absent");
        try (LockWait wait =
                new LockWait(calls.env(), detector, request.start(), request.patience())) {
            Locking locking = new Locking(table, request, wait);
            calls.batches(keys).forEach(batch -> locking.open.add(new Part(batch, 0, 0)));
            while (!locking.open.isEmpty()) {
                locking.round();
            }
            return locking.rows;
        }
    }

    /// Keys of one region, to be locked with one request that waits up to `waitMillis`.
    private record Part(List<ByteSlice> keys, long waitMillis, int unanswered) {}

    private final class Locking {
        final LockTable table;
        final LockRequest request;
        final LockWait wait;
        final Deque<Part> open = new ArrayDeque<>();
        final SortedMap<ByteSlice, LockedRow> rows = new TreeMap<>();
        final Backoff backoff =
                new Backoff(calls.env(), 2 * NANOS_PER_MILLI, 200 * NANOS_PER_MILLI);

        Locking(LockTable table, LockRequest request, LockWait wait) {
            this.table = table;
            this.request = request;
            this.wait = wait;
        }

        void round() {
            List<Part> parts = new ArrayList<>();
            boolean alone =
                    table.primary() == null
                            || open.stream().anyMatch(part -> part.waitMillis() > 0);
            do {
                parts.add(open.removeFirst());
            } while (!alone && !open.isEmpty());
            List<Supplier<SendResult>> requests = new ArrayList<>();
            parts.forEach(part -> requests.add(() -> ask(part)));
            List<SendResult> results = Fanout.all(calls.env(), "lock", requests);
            // What was locked is noted before any failure is thrown.
            for (int i = 0; i < parts.size(); i++) {
                note(parts.get(i), results.get(i));
            }
            for (int i = 0; i < parts.size(); i++) {
                handle(parts.get(i), results.get(i));
            }
        }

        private ByteSlice primaryFor(Part part) {
            ByteSlice primary = table.primary();
            return primary == null ? part.keys().getFirst() : primary;
        }

        private SendResult ask(Part part) {
            ByteSlice primary = primaryFor(part);
            return calls.send(
                    part.keys().getFirst(),
                    RegionCalls.TIMEOUT_NANOS + part.waitMillis() * NANOS_PER_MILLI,
                    header ->
                            new RegionRequest.PessimisticLock(
                                    header,
                                    part.keys(),
                                    primary,
                                    request.start(),
                                    request.forUpdate(),
                                    request.ttlMillis().getAsLong(),
                                    part.waitMillis(),
                                    request.duplicate() != null,
                                    request.newest(),
                                    true));
        }

        private void note(Part part, SendResult result) {
            if (result instanceof SendResult.Unknown) {
                table.addPerhaps(part.keys());
            }
            if (result instanceof SendResult.Answered(Answer answer)) {
                RegionReply.Locked locked = RegionCalls.as(RegionReply.Locked.class, answer);
                if (locked.error() == null) {
                    Check.that(
                            locked.values().size() == part.keys().size(),
                            "a value is told for every locked key");
                    if (!request.newest() || locked.values().getFirst() != null) {
                        table.add(part.keys(), primaryFor(part), locked.forUpdate());
                    }
                    for (int i = 0; i < part.keys().size(); i++) {
                        rows.put(part.keys().get(i), new LockedRow(false, locked.values().get(i)));
                    }
                }
            }
        }

        private void handle(Part part, SendResult result) {
            switch (result) {
                case SendResult.Answered(Answer answer) -> {
                    KeyError error = answer.error();
                    if (error != null) {
                        refused(part, error);
                    }
                }
                case SendResult.Regroup() -> {
                    backoff.pause();
                    calls.batches(part.keys()).forEach(keys -> open.add(new Part(keys, 0, 0)));
                }
                case SendResult.Unavailable(String why) ->
                        throw RegionCalls.unavailable(part.keys().getFirst(), why);
                case SendResult.Unknown(String why) -> {
                    if (part.unanswered() >= UNANSWERED_MAX) {
                        throw RegionCalls.unavailable(part.keys().getFirst(), why);
                    }
                    backoff.pause();
                    open.addFirst(new Part(part.keys(), 0, part.unanswered() + 1));
                }
            }
        }

        private void refused(Part part, KeyError error) {
            switch (error) {
                case KeyError.Locked(LockInfo lock) -> blocked(part, lock);
                case KeyError.WaitTimeout(LockInfo lock) -> blocked(part, lock);
                case KeyError.WriteConflict(ByteSlice key, _, _) ->
                        throw Conflicts.newerRow(key, request.rerunHelps());
                case KeyError.AlreadyExists(ByteSlice key) ->
                        throw Check.present(request.duplicate(), "only an insert finds what exists")
                                .apply(key);
                case KeyError.RolledBack _ ->
                        throw Conflicts.rolledBack("it was silent for too long", false);
                case KeyError.PessimisticLockNotFound _ -> throw impossible(error);
                case KeyError.Committed _ -> throw impossible(error);
                case KeyError.CommitTooEarly _ -> throw impossible(error);
                case KeyError.CommitTooLate _ -> throw impossible(error);
                case KeyError.LockNotFound _ -> throw impossible(error);
            }
        }

        private void blocked(Part part, LockInfo lock) {
            Check.that(!lock.start().equals(request.start()), "nobody waits for his own lock");
            Settlement settlement = resolver.settleForWrite(lock);
            if (settlement instanceof Settlement.Cleared) {
                open.addFirst(new Part(part.keys(), 0, part.unanswered()));
                return;
            }
            switch (request.waitPolicy()) {
                case NOWAIT -> throw LockWait.notAvailable(lock, "NOWAIT was asked for");
                case SKIP_LOCKED -> {
                    rows.put(lock.key(), new LockedRow(true, null));
                    List<ByteSlice> rest = new ArrayList<>(part.keys());
                    boolean removed = rest.remove(lock.key());
                    Check.that(removed, "a region names one of the keys it was asked to lock");
                    if (!rest.isEmpty()) {
                        open.addFirst(new Part(rest, 0, part.unanswered()));
                    }
                }
                case WAIT ->
                        open.addFirst(
                                new Part(
                                        part.keys(),
                                        wait.nextSliceMillis(lock),
                                        part.unanswered()));
            }
        }

        private Error impossible(@Nullable KeyError error) {
            return Check.unreachable("a request for locks is never answered by " + error);
        }
    }
}
