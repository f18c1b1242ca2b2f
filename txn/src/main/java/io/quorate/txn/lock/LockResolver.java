package io.quorate.txn.lock;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Promise;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.TxnStatus;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.txn.call.RegionCalls;
import io.quorate.txn.call.RegionCalls.Delivery;
import io.quorate.txn.lock.DecidedCache.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Settles locks of other transactions by asking their primaries: whoever meets a lock can do so
/// alone, so a coordinator that dies at any point leaves nothing behind for good.
///
/// A resolver may push a transaction past a read, expire it by the oracle's time, or carry out what its
/// primary says. It never guesses.
public final class LockResolver {
    /// How many locks of one decided transaction are settled together once a second one was met.
    private static final int SWEEP_LOCKS = 1_024;

    private static final long TIMEOUT_NANOS = RegionCalls.TIMEOUT_NANOS;

    private final RegionCalls calls;
    private final TimestampOracle oracle;
    private final DecidedCache decided = new DecidedCache();
    private final LongAdder settledCounter;
    private final ReentrantLock lock = new ReentrantLock();

    /// The transactions being asked about, so that one question at a time goes to each primary.
    /// Guarded by `lock`.
    private final Map<Timestamp, Promise<Boolean>> asking = new HashMap<>();

    public LockResolver(RegionCalls calls, TimestampOracle oracle) {
        this.calls = calls;
        this.oracle = oracle;
        this.settledCounter = calls.env().metrics().counter("quorate_txn_settled_locks_total");
    }

    /// For a reader: makes sure that the lock's transaction commits after `read`, or carries out its
    /// end.
    public Settlement settleForRead(LockInfo met, Timestamp read) {
        return settle(met, read, true);
    }

    /// For a writer, who can only wait for the lock's transaction to end.
    public Settlement settleForWrite(LockInfo met) {
        return settle(met, Timestamp.ZERO, false);
    }

    private Settlement settle(LockInfo met, Timestamp caller, boolean reading) {
        Decision known = decided.get(met.start());
        if (known != null) {
            return carryOut(met, known, true);
        }
        return switch (ask(met, caller)) {
            case Asked.Decided(Decision decision) -> carryOut(met, decision, false);
            case Asked.Live(Timestamp minCommit) ->
                    reading && minCommit.isAfter(caller)
                            ? new Settlement.PassOver()
                            : new Settlement.Held();
            case Asked.PessimisticLockGone() -> giveBack(met);
            case Asked.Unreachable(String why) -> new Settlement.Unreachable(why);
        };
    }

    // Asking the primary.

    private sealed interface Asked {
        record Decided(Decision decision) implements Asked {}

        record Live(Timestamp minCommit) implements Asked {}

        record PessimisticLockGone() implements Asked {}

        record Unreachable(String why) implements Asked {}
    }

    private Asked ask(LockInfo met, Timestamp caller) {
        Promise<Boolean> mine = new Promise<>();
        while (true) {
            Promise<Boolean> other = begin(met.start(), mine);
            if (other == null) {
                break;
            }
            other.await();
            Decision decision = decided.get(met.start());
            if (decision != null) {
                return new Asked.Decided(decision);
            }
        }
        try {
            return askNow(met, caller);
        } finally {
            end(met.start());
            mine.complete(true);
        }
    }

    private @Nullable Promise<Boolean> begin(Timestamp start, Promise<Boolean> mine) {
        lock.lock();
        try {
            return asking.putIfAbsent(start, mine);
        } finally {
            lock.unlock();
        }
    }

    private void end(Timestamp start) {
        lock.lock();
        try {
            asking.remove(start);
        } finally {
            lock.unlock();
        }
    }

    private Asked askNow(LockInfo met, Timestamp caller) {
        Timestamp now = oracle.next();
        boolean pessimistic = met.kind() == LockKind.PESSIMISTIC;
        // A primary may be missing because its prewrite is still under way: only when the met
        // lock's
        // own time ran out does that mean that the coordinator is dead.
        boolean expired = now.millis() >= met.start().millis() + met.ttlMillis();
        SendResult sent =
                calls.send(
                        met.primary(),
                        TIMEOUT_NANOS,
                        header ->
                                new RegionRequest.CheckTxnStatus(
                                        header,
                                        met.primary(),
                                        met.start(),
                                        caller,
                                        now,
                                        expired,
                                        pessimistic));
        return switch (sent) {
            case SendResult.Answered(Answer answer) -> judge(met, statusOf(answer));
            case SendResult.Regroup() -> new Asked.Unreachable("the region was split");
            case SendResult.Unavailable(String why) -> new Asked.Unreachable(why);
            case SendResult.Unknown(String why) -> new Asked.Unreachable(why);
        };
    }

    private static TxnStatus statusOf(Answer answer) {
        RegionReply.Status status = RegionCalls.as(RegionReply.Status.class, answer);
        return Check.present(status.status(), "a question for a fate is always answered");
    }

    private Asked judge(LockInfo met, TxnStatus status) {
        return switch (status) {
            case TxnStatus.Live(_, Timestamp minCommit) -> new Asked.Live(minCommit);
            case TxnStatus.Committed(Timestamp commit) ->
                    decide(met, new Decision.Committed(commit));
            case TxnStatus.RolledBack() -> decide(met, new Decision.RolledBack());
            case TxnStatus.PessimisticLockGone() -> new Asked.PessimisticLockGone();
            case TxnStatus.Missing() -> new Asked.Live(Timestamp.ZERO);
        };
    }

    private Asked decide(LockInfo met, Decision decision) {
        decided.put(met.start(), decision);
        return new Asked.Decided(decision);
    }

    // Carrying out what the primary said.

    private Settlement carryOut(LockInfo met, Decision decision, boolean metBefore) {
        Timestamp commit =
                switch (decision) {
                    case Decision.Committed(Timestamp at) -> at;
                    case Decision.RolledBack() -> null;
                };
        List<ByteSlice> keys = metBefore ? sweep(met) : List.of(met.key());
        Delivery delivery =
                calls.deliver(
                        keys,
                        TIMEOUT_NANOS,
                        (header, batch) ->
                                new RegionRequest.ResolveLock(header, batch, met.start(), commit));
        return cleared(delivery, keys.size());
    }

    /// The met key, and others of the same transaction behind it in its region: a second lock of a
    /// dead transaction is seldom the last one.
    private List<ByteSlice> sweep(LockInfo met) {
        KeyRange wanted = new KeyRange(met.key(), null);
        KeyRange range = calls.firstRegion(wanted, false).range().intersect(wanted);
        SendResult sent =
                calls.send(
                        met.key(),
                        TIMEOUT_NANOS,
                        header ->
                                new RegionRequest.ScanLocks(
                                        header, range, met.start(), SWEEP_LOCKS));
        List<ByteSlice> keys = new ArrayList<>();
        if (sent instanceof SendResult.Answered(Answer answer)) {
            for (LockInfo other : RegionCalls.as(RegionReply.Locks.class, answer).locks()) {
                if (other.start().equals(met.start())) {
                    keys.add(other.key());
                }
            }
        }
        if (!keys.contains(met.key())) {
            keys.addFirst(met.key());
        }
        return keys;
    }

    /// The primary's pessimistic lock ran out and left no record; this lock goes the same way.
    private Settlement giveBack(LockInfo met) {
        Check.that(
                met.kind() == LockKind.PESSIMISTIC, "only pessimistic locks go without a record");
        Delivery delivery =
                calls.deliver(
                        List.of(met.key()),
                        TIMEOUT_NANOS,
                        (header, batch) ->
                                new RegionRequest.PessimisticRollback(
                                        header, batch, met.start(), met.forUpdate()));
        return cleared(delivery, 1);
    }

    private Settlement cleared(Delivery delivery, int locks) {
        return switch (delivery) {
            case Delivery.Done() -> {
                settledCounter.add(locks);
                yield new Settlement.Cleared();
            }
            case Delivery.Refused(KeyError error) ->
                    throw Check.unreachable("a decided transaction's lock is settled: " + error);
            case Delivery.Unanswered(String why) -> new Settlement.Unreachable(why);
        };
    }
}
