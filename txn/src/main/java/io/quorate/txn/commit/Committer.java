package io.quorate.txn.commit;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.RegionRequest;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.txn.call.RegionCalls;
import io.quorate.txn.call.RegionCalls.Delivery;
import io.quorate.txn.lock.DetectorNode;
import io.quorate.txn.lock.KeepAlive;
import io.quorate.txn.lock.LockResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits transactions, and cleans up behind them after the answer was given.
public final class Committer {
    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    /// Clean-up is tried for that long; what is left then is settled by whoever meets it.
    private static final long CLEAN_UP_NANOS = 30_000_000_000L;

    private final RegionCalls calls;
    private final Env env;
    private final LockResolver resolver;
    private final DetectorNode detector;
    private final TimestampOracle oracle;
    private final KeepAlive keepAlive;
    private final LongAdder committed;
    private final LongAdder committedAtOnce;
    private final LongAdder aborted;
    private final LongAdder unknown;

    public Committer(
            RegionCalls calls,
            LockResolver resolver,
            DetectorNode detector,
            TimestampOracle oracle,
            KeepAlive keepAlive) {
        this.calls = calls;
        this.env = calls.env();
        this.resolver = resolver;
        this.detector = detector;
        this.oracle = oracle;
        this.keepAlive = keepAlive;
        this.committed = env.metrics().counter("quorate_txn_committed_total");
        this.committedAtOnce = env.metrics().counter("quorate_txn_committed_at_once_total");
        this.aborted = env.metrics().counter("quorate_txn_aborted_total");
        this.unknown = env.metrics().counter("quorate_txn_unknown_total");
    }

    /// Commits. Blocks until the outcome is known, or cannot be found out.
    public CommitOutcome commit(CommitPlan plan) {
        Prewriter prewriter = new Prewriter(calls, resolver, detector, plan);
        CommitDriver driver = new CommitDriver(calls, oracle, keepAlive, prewriter, plan);
        CommitOutcome outcome = driver.run();
        keepAlive.forget(plan.start());
        switch (outcome) {
            case CommitOutcome.Committed(Timestamp commit) -> {
                committed.increment();
                List<ByteSlice> rest = driver.keysToCommit();
                if (rest.isEmpty()) {
                    committedAtOnce.increment();
                } else {
                    inBackground("commit-rest", () -> commitRest(plan.start(), commit, rest));
                }
            }
            case CommitOutcome.Aborted _ -> {
                aborted.increment();
                if (driver.mayHavePrewritten()) {
                    rollBack(plan.start(), plan.primary(), plan.keys());
                } else if (plan.locked()) {
                    giveBackLocks(plan.start(), plan.forUpdate(), plan.keys());
                }
            }
            case CommitOutcome.Unknown(String why) -> {
                unknown.increment();
                log.warn(
                        "commit outcome unknown start={} primary={} why={}",
                        plan.start(),
                        plan.primary(),
                        why);
            }
        }
        return outcome;
    }

    /// Gives back the locks of a transaction that prewrote nothing, in the background.
    public void giveBackLocks(Timestamp start, Timestamp forUpdate, List<ByteSlice> keys) {
        keepAlive.forget(start);
        if (keys.isEmpty()) {
            return;
        }
        inBackground(
                "give-back-locks",
                () ->
                        calls.deliver(
                                keys,
                                CLEAN_UP_NANOS,
                                (header, batch) ->
                                        new RegionRequest.PessimisticRollback(
                                                header, batch, start, forUpdate)));
    }

    /// Rolls back what was prewritten, the primary first: its record decides.
    private void rollBack(Timestamp start, ByteSlice primary, List<ByteSlice> keys) {
        List<ByteSlice> others = new ArrayList<>(keys);
        others.remove(primary);
        inBackground(
                "roll-back",
                () -> {
                    Delivery decided =
                            calls.deliver(
                                    List.of(primary),
                                    CLEAN_UP_NANOS,
                                    (header, batch) ->
                                            new RegionRequest.Rollback(header, batch, start, true));
                    if (decided instanceof Delivery.Done && !others.isEmpty()) {
                        return calls.deliver(
                                others,
                                CLEAN_UP_NANOS,
                                (header, batch) ->
                                        new RegionRequest.Rollback(header, batch, start, false));
                    }
                    return decided;
                });
    }

    private Delivery commitRest(Timestamp start, Timestamp commit, List<ByteSlice> keys) {
        return calls.deliver(
                keys,
                CLEAN_UP_NANOS,
                (header, batch) -> new RegionRequest.Commit(header, batch, start, commit));
    }

    private interface CleanUp {
        Delivery run();
    }

    private void inBackground(String name, CleanUp work) {
        env.tasks()
                .start(
                        name,
                        () -> {
                            try {
                                Delivery delivery = work.run();
                                if (!(delivery instanceof Delivery.Done)) {
                                    log.info("left to others task={} result={}", name, delivery);
                                }
                            } catch (QuorateException unreachable) {
                                log.info("left to others task={}", name, unreachable);
                            }
                        });
    }
}
