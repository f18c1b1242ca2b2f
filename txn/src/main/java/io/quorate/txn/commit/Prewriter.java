package io.quorate.txn.commit;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionRequest;
import io.quorate.txn.call.Backoff;
import io.quorate.txn.call.RegionCalls;
import io.quorate.txn.lock.DetectorNode;
import io.quorate.txn.lock.KeepAlive;
import io.quorate.txn.lock.LockResolver;
import io.quorate.txn.lock.LockWait;
import io.quorate.txn.lock.Settlement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prewrites the mutations of one region: settles or waits for the locks in the way, and tries again.
final class Prewriter {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long BACKOFF_FIRST_NANOS = 2 * NANOS_PER_MILLI;
    private static final long BACKOFF_MAX_NANOS = 200 * NANOS_PER_MILLI;

    private final RegionCalls calls;
    private final LockResolver resolver;
    private final DetectorNode detector;
    private final CommitPlan plan;

    /// Set once a region refused: the others need not try any longer.
    private volatile boolean givenUp;

    Prewriter(RegionCalls calls, LockResolver resolver, DetectorNode detector, CommitPlan plan) {
        this.calls = calls;
        this.resolver = resolver;
        this.detector = detector;
        this.plan = plan;
    }

    void giveUp() {
        givenUp = true;
    }

    /// Prewrites, as long as it takes to get past others' locks.
    PrewriteResult prewrite(List<Mutation> mutations, boolean onePhase) {
        Backoff backoff = new Backoff(calls.env(), BACKOFF_FIRST_NANOS, BACKOFF_MAX_NANOS);
        try (LockWait wait = new LockWait(calls.env(), detector, plan.start(), plan.patience())) {
            while (!givenUp) {
                PrewriteResult result = tryOnce(mutations, onePhase, wait, backoff);
                if (result != null) {
                    return result;
                }
            }
            return new PrewriteResult.GivenUp();
        } catch (QuorateException error) {
            return new PrewriteResult.Refused(new AbortReason.Failed(error));
        }
    }

    /// Null where it has to be tried again.
    private @Nullable PrewriteResult tryOnce(
            List<Mutation> mutations, boolean onePhase, LockWait wait, Backoff backoff) {
        SendResult sent =
                calls.send(
                        mutations.getFirst().key(),
                        RegionCalls.TIMEOUT_NANOS,
                        header ->
                                new RegionRequest.Prewrite(
                                        header,
                                        mutations,
                                        plan.primary(),
                                        plan.start(),
                                        plan.forUpdate(),
                                        plan.ageMillis().getAsLong() + KeepAlive.FIRST_TTL_MILLIS,
                                        onePhase,
                                        plan.maxCommit()));
        return switch (sent) {
            case SendResult.Answered(Answer answer) ->
                    judge(RegionCalls.as(RegionReply.Prewritten.class, answer), wait, backoff);
            case SendResult.Regroup() -> new PrewriteResult.Regroup();
            case SendResult.Unavailable(String why) ->
                    new PrewriteResult.Refused(new AbortReason.Unreachable(why));
            case SendResult.Unknown(String why) -> new PrewriteResult.Unanswered(why);
        };
    }

    private @Nullable PrewriteResult judge(
            RegionReply.Prewritten answer, LockWait wait, Backoff backoff) {
        return switch (answer.error()) {
            case null ->
                    answer.committedAt() == null
                            ? new PrewriteResult.Done(answer.minCommit())
                            : new PrewriteResult.Committed(answer.committedAt());
            case KeyError.Locked(LockInfo lock) -> {
                Check.that(!lock.start().equals(plan.start()), "no own lock is in the way");
                if (!(resolver.settleForWrite(lock) instanceof Settlement.Cleared)) {
                    backoff.pause(wait.nextSliceMillis(lock) * NANOS_PER_MILLI);
                }
                yield null;
            }
            case KeyError.WriteConflict(ByteSlice key, _, _) ->
                    new PrewriteResult.Refused(new AbortReason.Conflict(key));
            case KeyError.AlreadyExists(ByteSlice key) ->
                    new PrewriteResult.Refused(new AbortReason.Exists(key));
            case KeyError.PessimisticLockNotFound(ByteSlice key) ->
                    new PrewriteResult.Refused(
                            new AbortReason.RolledBack("its lock on key " + key + " was lost"));
            case KeyError.RolledBack _ ->
                    new PrewriteResult.Refused(new AbortReason.RolledBack("its time had run out"));
            case KeyError.Committed(var commit) -> new PrewriteResult.Committed(commit);
            case KeyError.CommitTooLate _ ->
                    new PrewriteResult.Refused(new AbortReason.SchemaChanged());
            case KeyError.CommitTooEarly error -> throw impossible(error);
            case KeyError.LockNotFound error -> throw impossible(error);
            case KeyError.WaitTimeout error -> throw impossible(error);
        };
    }

    private static Error impossible(KeyError error) {
        return Check.unreachable("a prewrite is never answered by " + error);
    }
}
