package io.quorate.txn.commit;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionRequest;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.txn.call.Backoff;
import io.quorate.txn.call.Fanout;
import io.quorate.txn.call.RegionCalls;
import io.quorate.txn.commit.CommitMachine.Step;
import io.quorate.txn.lock.KeepAlive;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does for one transaction what its [CommitMachine] says, and tells it what came of that.
final class CommitDriver {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// How long to ask for an outcome before it is called unknown.
    private static final long ENDING_NANOS = 10_000 * NANOS_PER_MILLI;

    private static final long BACKOFF_FIRST_NANOS = 2 * NANOS_PER_MILLI;
    private static final long BACKOFF_MAX_NANOS = 500 * NANOS_PER_MILLI;

    /// An unanswered request that may be repeated is sent again that often.
    private static final int UNANSWERED_MAX = 2;

    private static final int MUTATION_OVERHEAD_BYTES = 32;

    private final RegionCalls calls;
    private final Env env;
    private final TimestampOracle oracle;
    private final KeepAlive keepAlive;
    private final Prewriter prewriter;
    private final CommitPlan plan;
    private final CommitMachine machine;
    private final Backoff backoff;

    /// Mutations without a prewrite lock as yet, in order.
    private List<Mutation> open;

    /// The latest minimum over all rounds of prewriting.
    private Timestamp leastCommit = Timestamp.ZERO;

    /// What the commit of the primary commits with it, the primary first.
    private List<ByteSlice> withPrimary = List.of();

    private final SortedSet<ByteSlice> toCommit = new TreeSet<>();
    private boolean mayHavePrewritten;
    private int unanswered;

    CommitDriver(
            RegionCalls calls,
            TimestampOracle oracle,
            KeepAlive keepAlive,
            Prewriter prewriter,
            CommitPlan plan) {
        this.calls = calls;
        this.env = calls.env();
        this.oracle = oracle;
        this.keepAlive = keepAlive;
        this.prewriter = prewriter;
        this.plan = plan;
        this.open = plan.mutations();
        this.machine =
                new CommitMachine(plan.start(), plan.maxCommit(), batchesOfOpen().size() == 1);
        this.backoff = new Backoff(env, BACKOFF_FIRST_NANOS, BACKOFF_MAX_NANOS);
    }

    CommitOutcome run() {
        if (plan.ageMillis().getAsLong() > KeepAlive.AGE_MILLIS_MAX) {
            machine.refused(new AbortReason.RolledBack("it is older than an hour"));
        }
        while (true) {
            switch (machine.next()) {
                case Step.PrewriteAtOnce() -> prewriteAtOnce();
                case Step.Prewrite() -> prewrite();
                case Step.DrawTimestamp() -> draw();
                case Step.CommitPrimary(Timestamp commit) -> commitPrimary(commit);
                case Step.EndPrimary() -> endPrimary();
                case Step.Finish(CommitOutcome outcome) -> {
                    return outcome;
                }
            }
        }
    }

    /// After a commit: the keys whose locks are still to be committed.
    List<ByteSlice> keysToCommit() {
        return new ArrayList<>(toCommit);
    }

    /// After an abort: whether locks of a prewrite may be left, or may yet come.
    boolean mayHavePrewritten() {
        return mayHavePrewritten;
    }

    private void prewriteAtOnce() {
        switch (prewriter.prewrite(plan.mutations(), true)) {
            case PrewriteResult.Committed(Timestamp commit) -> machine.foundCommitted(commit);
            case PrewriteResult.Done(Timestamp minCommit) -> {
                prewritten(plan.mutations());
                keepAlive.watch(plan.start(), plan.primary(), plan.ageMillis());
                machine.prewritten(minCommit);
            }
            case PrewriteResult.Refused(AbortReason reason) -> machine.refused(reason);
            case PrewriteResult.Regroup() -> machine.cannotPrewriteAtOnce();
            case PrewriteResult.Unanswered(String why) -> {
                mayHavePrewritten = true;
                machine.prewriteAtOnceUnanswered();
                if (++unanswered >= UNANSWERED_MAX) {
                    machine.refused(new AbortReason.Unreachable(why));
                }
            }
            case PrewriteResult.GivenUp() -> throw Check.unreachable("one region is not given up");
        }
    }

    private void prewrite() {
        mayHavePrewritten = true;
        keepAlive.watch(plan.start(), plan.primary(), plan.ageMillis());
        List<List<Mutation>> batches = batchesOfOpen();
        List<Supplier<PrewriteResult>> work = new ArrayList<>();
        batches.forEach(batch -> work.add(() -> prewriteBatch(batch)));
        List<PrewriteResult> results = Fanout.all(env, "prewrite", work);
        Timestamp minCommit = Timestamp.ZERO;
        List<Mutation> again = new ArrayList<>();
        AbortReason refusal = null;
        for (int i = 0; i < results.size(); i++) {
            switch (results.get(i)) {
                case PrewriteResult.Done(Timestamp least) -> {
                    minCommit = Timestamp.max(minCommit, least);
                    prewritten(batches.get(i));
                }
                case PrewriteResult.Committed(Timestamp commit) -> {
                    machine.foundCommitted(commit);
                    return;
                }
                case PrewriteResult.Refused(AbortReason reason) ->
                        refusal = moreDefinite(refusal, reason);
                case PrewriteResult.Unanswered(String why) ->
                        refusal = moreDefinite(refusal, new AbortReason.Unreachable(why));
                case PrewriteResult.Regroup() -> again.addAll(batches.get(i));
                case PrewriteResult.GivenUp() -> again.addAll(batches.get(i));
            }
        }
        if (refusal != null) {
            machine.refused(refusal);
            return;
        }
        leastCommit = Timestamp.max(leastCommit, minCommit);
        open = again;
        if (open.isEmpty()) {
            machine.prewritten(leastCommit);
        } else {
            backoff.pause();
        }
    }

    private PrewriteResult prewriteBatch(List<Mutation> batch) {
        PrewriteResult result = prewriter.prewrite(batch, false);
        for (int i = 1; i < UNANSWERED_MAX && result instanceof PrewriteResult.Unanswered; i++) {
            result = prewriter.prewrite(batch, false);
        }
        if (result instanceof PrewriteResult.Refused) {
            prewriter.giveUp();
        }
        return result;
    }

    private static AbortReason moreDefinite(@Nullable AbortReason one, AbortReason other) {
        return one == null || one instanceof AbortReason.Unreachable ? other : one;
    }

    private void prewritten(List<Mutation> mutations) {
        mayHavePrewritten = true;
        mutations.forEach(mutation -> toCommit.add(mutation.key()));
    }

    private void draw() {
        Timestamp timestamp;
        try {
            timestamp = oracle.next();
        } catch (QuorateException error) {
            machine.refused(new AbortReason.Failed(error));
            return;
        }
        machine.drawn(timestamp);
    }

    private void commitPrimary(Timestamp commit) {
        if (withPrimary.isEmpty()) {
            withPrimary = batchOfPrimary();
        }
        SendResult sent =
                calls.send(
                        plan.primary(),
                        RegionCalls.TIMEOUT_NANOS,
                        header ->
                                new RegionRequest.Commit(
                                        header, withPrimary, plan.start(), commit));
        switch (sent) {
            case SendResult.Answered(Answer answer) ->
                    primaryAnswered(RegionCalls.as(RegionReply.Done.class, answer).error());
            case SendResult.Regroup() -> withPrimary = List.of(plan.primary());
            case SendResult.Unavailable(String why) ->
                    machine.refused(new AbortReason.Unreachable(why));
            case SendResult.Unknown(String why) -> {
                machine.commitUnanswered();
                if (++unanswered >= UNANSWERED_MAX) {
                    machine.refused(new AbortReason.Unreachable(why));
                }
            }
        }
    }

    private void primaryAnswered(@Nullable KeyError error) {
        switch (error) {
            case null -> {
                withPrimary.forEach(toCommit::remove);
                machine.primaryCommitted();
            }
            case KeyError.CommitTooEarly(_, Timestamp minCommit) ->
                    machine.commitTooEarly(minCommit);
            case KeyError.Committed(Timestamp at) -> machine.foundCommitted(at);
            case KeyError.LockNotFound(ByteSlice key) -> {
                Check.that(key.equals(plan.primary()), "the primary is the first to lose its lock");
                machine.primaryGone();
            }
            case KeyError.RolledBack _ -> machine.primaryGone();
            case KeyError other -> throw Check.unreachable("a commit is not answered by " + other);
        }
    }

    private void endPrimary() {
        long deadline = env.clock().nanos() + ENDING_NANOS;
        String why = "no answer";
        while (env.clock().nanos() < deadline) {
            SendResult sent =
                    calls.send(
                            plan.primary(),
                            Math.max(1, deadline - env.clock().nanos()),
                            header ->
                                    new RegionRequest.Rollback(
                                            header, List.of(plan.primary()), plan.start(), true));
            switch (sent) {
                case SendResult.Answered(Answer answer) -> {
                    KeyError error = RegionCalls.as(RegionReply.Done.class, answer).error();
                    if (error instanceof KeyError.Committed(Timestamp at)) {
                        machine.foundCommitted(at);
                    } else {
                        Check.that(error == null, "a rollback is refused by a commit only");
                        machine.primaryEnded();
                    }
                    return;
                }
                case SendResult.Regroup() -> why = "its region is being split";
                case SendResult.Unavailable(String reason) -> why = reason;
                case SendResult.Unknown(String reason) -> why = reason;
            }
            backoff.pause(deadline - env.clock().nanos());
        }
        machine.endUnanswered(why);
    }

    private List<List<Mutation>> batchesOfOpen() {
        return calls.batches(
                open,
                Mutation::key,
                mutation ->
                        mutation.key().length()
                                + mutation.value().length()
                                + MUTATION_OVERHEAD_BYTES);
    }

    private List<ByteSlice> batchOfPrimary() {
        for (List<ByteSlice> batch : calls.batches(plan.keys())) {
            if (batch.contains(plan.primary())) {
                List<ByteSlice> keys = new ArrayList<>(batch);
                keys.remove(plan.primary());
                keys.addFirst(plan.primary());
                return keys;
            }
        }
        throw Check.unreachable("the primary is one of the keys");
    }
}
