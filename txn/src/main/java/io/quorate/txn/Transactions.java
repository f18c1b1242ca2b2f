package io.quorate.txn;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.TxnStatus;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.txn.api.DetectorHost;
import io.quorate.txn.api.Interruption;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.TxnFaults;
import io.quorate.txn.call.RegionCalls;
import io.quorate.txn.commit.Committer;
import io.quorate.txn.lock.DetectorNode;
import io.quorate.txn.lock.KeepAlive;
import io.quorate.txn.lock.LockResolver;
import io.quorate.txn.lock.PessimisticLocker;

/// Transactions of one node. Construct one per node: it also serves the node's deadlock detector.
public final class Transactions implements TransactionManager {
    private final Services services;

    public Transactions(
            Env env,
            TimestampOracle oracle,
            RegionClient regions,
            DetectorHost detectorHost,
            TxnFaults faults) {
        RegionCalls calls = new RegionCalls(env, regions);
        LockResolver resolver = new LockResolver(calls, oracle);
        DetectorNode detector = new DetectorNode(env, detectorHost);
        KeepAlive keepAlive = new KeepAlive(calls);
        this.services =
                new Services(
                        env,
                        oracle,
                        calls,
                        resolver,
                        new PessimisticLocker(calls, resolver, detector),
                        keepAlive,
                        new Committer(calls, resolver, detector, oracle, keepAlive),
                        faults);
    }

    @Override
    public Transaction begin(TransactionOptions options, Interruption interruption) {
        return new PercolatorTransaction(services, options, interruption);
    }

    @Override
    public Outcome outcome(String token) {
        OutcomeToken asked = OutcomeToken.parse(token);
        Timestamp now = services.oracle().next();
        SendResult sent =
                services.calls()
                        .send(
                                asked.primary(),
                                RegionCalls.TIMEOUT_NANOS,
                                header ->
                                        new RegionRequest.CheckTxnStatus(
                                                header,
                                                asked.primary(),
                                                asked.start(),
                                                Timestamp.ZERO,
                                                now,
                                                true,
                                                false));
        return switch (sent) {
            case SendResult.Answered(Answer answer) -> outcomeOf(answer);
            case SendResult.Regroup() ->
                    throw RegionCalls.unavailable(asked.primary(), "it is being split");
            case SendResult.Unavailable(String why) ->
                    throw RegionCalls.unavailable(asked.primary(), why);
            case SendResult.Unknown(String why) ->
                    throw RegionCalls.unavailable(asked.primary(), why);
        };
    }

    private static Outcome outcomeOf(Answer answer) {
        RegionReply.Status status = RegionCalls.as(RegionReply.Status.class, answer);
        return switch (Check.present(status.status(), "a question for a fate is answered")) {
            case TxnStatus.Committed _ -> Outcome.COMMITTED;
            case TxnStatus.RolledBack() -> Outcome.ABORTED;
            case TxnStatus.PessimisticLockGone() -> Outcome.ABORTED;
            case TxnStatus.Live _ -> Outcome.IN_PROGRESS;
            case TxnStatus.Missing() -> Outcome.IN_PROGRESS;
        };
    }
}
