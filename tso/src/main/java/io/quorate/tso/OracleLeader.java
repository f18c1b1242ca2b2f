package io.quorate.tso;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.batch.SharedRounds;
import io.quorate.tso.meta.MetaCommand;
import io.quorate.tso.meta.MetaCommands;
import io.quorate.tso.meta.MetaResult;
import io.quorate.tso.oracle.LeaderTerm;
import io.quorate.tso.oracle.TimestampAllocator.Allocation;
import io.quorate.tso.rpc.TsoReply;
import io.quorate.tso.rpc.TsoRequest;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Answers requests to the oracle where this node leads its group.
///
/// Every batch of timestamps is preceded by a majority's confirmation that this node still leads, one
/// for all requests that came before it began. That makes an answer *fresh*: greater than all handed
/// out before the request. That it is *unique* rests on the replicated limit alone.
final class OracleLeader {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// How long one request may take here before the client is told to ask again.
    private static final long PATIENCE_NANOS = 1_000 * NANOS_PER_MILLI;

    /// A node renews a lease on its schema version well within this time, and a schema change waits
    /// for at most this long for a node that vanished.
    private static final long LEASE_MILLIS = 20_000;

    private static final int CALLERS_MAX = 100_000;

    private final Env env;
    private final RaftGroup group;
    private final LeaderTerm term;
    private final SharedRounds<Boolean> confirmations;
    private final LongAdder timestampsCounter;
    private final ReentrantLock lock = new ReentrantLock();

    /// The raising of the limit that is under way. Guarded by `lock`.
    private Promise<Boolean> raising = Promise.completed(true);

    OracleLeader(Env env, RaftGroup group, LeaderTerm term) {
        this.env = env;
        this.group = group;
        this.term = term;
        this.confirmations = new SharedRounds<>(CALLERS_MAX, _ -> confirmNow());
        this.timestampsCounter = env.metrics().counter("quorate_tso_timestamps_total");
    }

    TsoReply handle(TsoRequest request) {
        return switch (request) {
            case TsoRequest.GetTimestamps(int count) -> timestamps(count);
            case TsoRequest.AllocateIds(int count) -> agree(new MetaCommand.AllocateIds(count));
            case TsoRequest.RenewSchemaLease(NodeId node, long version) -> {
                TsoReply now = timestamps(1);
                yield now instanceof TsoReply.Timestamps(Timestamp first, _)
                        ? agree(
                                new MetaCommand.GrantLease(
                                        node,
                                        version,
                                        Timestamp.of(first.millis() + LEASE_MILLIS, 0)))
                        : now;
            }
            case TsoRequest.RaiseMinimumSchemaVersion(long version) -> {
                TsoReply now = timestamps(1);
                yield now instanceof TsoReply.Timestamps(Timestamp first, _)
                        ? agree(new MetaCommand.RaiseMinimumVersion(version, first))
                        : now;
            }
            case TsoRequest.ReleaseSchemaLeases(NodeId node, long belowVersion) ->
                    agree(new MetaCommand.ReleaseLeases(node, belowVersion));
        };
    }

    private TsoReply timestamps(int count) {
        if (term.term() == LeaderTerm.NOT_LEADING || !confirmations.join().result()) {
            return notLeader();
        }
        long deadline = env.clock().nanos() + PATIENCE_NANOS;
        while (true) {
            switch (term.allocate(count)) {
                case Allocation.NotLeading() -> {
                    return notLeader();
                }
                case Allocation.Granted(long granted, Timestamp first, long wantedLimitMillis) -> {
                    if (wantedLimitMillis > 0) {
                        raiseLimit(granted, wantedLimitMillis);
                    }
                    timestampsCounter.add(count);
                    return new TsoReply.Timestamps(first, count);
                }
                case Allocation.NeedsLimit(long needing, long wantedLimitMillis) -> {
                    Boolean raised =
                            raiseLimit(needing, wantedLimitMillis)
                                    .await(env, deadline - env.clock().nanos());
                    if (raised == null || !raised) {
                        return new TsoReply.TryAgain("the timestamp limit could not be raised");
                    }
                }
            }
        }
    }

    private boolean confirmNow() {
        ReadResult confirmed = group.readIndex().await(env, PATIENCE_NANOS);
        return confirmed instanceof ReadResult.Ready;
    }

    /// Starts to raise the limit unless that is under way. True once a limit of this term holds.
    private Promise<Boolean> raiseLimit(long inTerm, long limitMillis) {
        Promise<Boolean> mine = new Promise<>();
        lock.lock();
        try {
            if (!raising.isDone()) {
                return raising;
            }
            raising = mine;
        } finally {
            lock.unlock();
        }
        group.propose(inTerm, MetaCommands.encode(new MetaCommand.RaiseLimit(limitMillis)))
                .whenDone(result -> mine.complete(limitRaised(inTerm, result)));
        return mine;
    }

    private boolean limitRaised(long inTerm, ProposeResult result) {
        if (result instanceof ProposeResult.Applied applied) {
            Check.that(
                    applied.result() instanceof MetaResult.LimitRaised,
                    "raising the limit is answered by the limit");
            term.limitRaised(inTerm, ((MetaResult.LimitRaised) applied.result()).limitMillis());
            return true;
        }
        return false;
    }

    /// Replicates a command and gives its result.
    private TsoReply agree(MetaCommand command) {
        long leading = term.term();
        if (leading == LeaderTerm.NOT_LEADING) {
            return notLeader();
        }
        ProposeResult proposed =
                group.propose(leading, MetaCommands.encode(command)).await(env, PATIENCE_NANOS);
        return switch (proposed) {
            case null -> new TsoReply.TryAgain("no majority answered in time");
            case ProposeResult.NotLeader(NodeId leader) -> new TsoReply.NotLeader(leader);
            case ProposeResult.Busy() -> new TsoReply.TryAgain("too much is in flight");
            case ProposeResult.Undetermined() -> new TsoReply.TryAgain("leadership was lost");
            case ProposeResult.Applied(_, _, Object result) -> replyOf((MetaResult) result);
        };
    }

    private static TsoReply replyOf(MetaResult result) {
        return switch (result) {
            case MetaResult.Ids(long first) -> new TsoReply.Ids(first);
            case MetaResult.LeaseGranted(long version, Timestamp until) ->
                    new TsoReply.LeaseGranted(version, until);
            case MetaResult.LeaseRefused(long minimum) -> new TsoReply.LeaseRefused(minimum);
            case MetaResult.OldLeases old -> new TsoReply.OldLeases(old.leases());
            case MetaResult.Released() -> new TsoReply.Released();
            case MetaResult.LimitRaised _ -> throw Check.unreachable("no node asks for the limit");
            case MetaResult.Nothing() -> throw Check.unreachable("a command is never empty");
        };
    }

    private TsoReply notLeader() {
        @Nullable NodeId leader = group.status().leader();
        return leader != null && leader.equals(env.node())
                ? new TsoReply.TryAgain("the leader is not ready yet")
                : new TsoReply.NotLeader(leader);
    }
}
