package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.MemberChange;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.StateMachine;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.command.CheckTxnStatusCommand;
import io.quorate.region.command.CommitCommand;
import io.quorate.region.command.PessimisticRollbackCommand;
import io.quorate.region.command.PrewriteCommand;
import io.quorate.region.command.ResolveLockCommand;
import io.quorate.region.command.RollbackCommand;
import io.quorate.region.command.TxnHeartbeatCommand;
import io.quorate.region.command.WriteCommand;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One replica of a region. Made first, then opened with the Raft group that runs its
/// [#stateMachine()]; requests are answered from then on.
public final class RegionReplica {
    private static final Logger log = LoggerFactory.getLogger(RegionReplica.class);
    private static final long ORACLE_RETRY_NANOS = 50_000_000L;

    private final ReplicaContext context;
    private final RegionMachine machine;
    private final Leadership leadership = new Leadership();
    private final LockWaiters waiters = new LockWaiters();
    private final ReadGuard guard;
    private volatile @Nullable Opened opened;

    /// What exists only together with the group.
    private record Opened(
            RaftGroup group,
            Routing routing,
            ReadPipeline reads,
            WritePipeline writes,
            LockWaiting locks) {}

    /// @param newestRead up to where the keys may have been read before
    public RegionReplica(
            ReplicaContext context, RegionDescriptor descriptor, Timestamp newestRead) {
        this.context = context;
        guard = new ReadGuard(newestRead);
        machine = new RegionMachine(context.engine(), descriptor, new MachineListener());
    }

    /// A region that other stores have made this one a member of: it waits for a snapshot.
    public static RegionReplica unborn(ReplicaContext context, RegionId id) {
        return new RegionReplica(context, RegionMachine.unborn(id), Timestamp.ZERO);
    }

    public StateMachine stateMachine() {
        return machine;
    }

    public void open(RaftGroup group) {
        Routing routing = new Routing(context.env().node(), group, machine);
        WritePipeline writes =
                new WritePipeline(context, group, machine, routing, leadership, guard, waiters);
        opened =
                new Opened(
                        group,
                        routing,
                        new ReadPipeline(context, group, machine, routing, leadership, guard),
                        writes,
                        new LockWaiting(context, writes, waiters, leadership, routing));
    }

    public RegionDescriptor descriptor() {
        return machine.descriptor();
    }

    /// Who leads the region, as far as this replica knows.
    public @Nullable NodeId leader() {
        Opened open = opened;
        return open == null ? null : open.group.status().leader();
    }

    /// Whether this replica leads.
    public boolean isLeading() {
        return leadership.current() != null;
    }

    /// Changes who has replicas of the region, if it is led from here.
    public ProposeResult changeMembers(MemberChange change, long timeoutNanos) {
        Opened open = opened;
        Leadership.Reign reign = leadership.current();
        if (open == null || reign == null) {
            return new ProposeResult.NotLeader(leader());
        }
        ProposeResult result =
                open.group.changeMembers(reign.term(), change).await(context.env(), timeoutNanos);
        return result == null ? new ProposeResult.Undetermined() : result;
    }

    /// Looks up how much of the region the engine made durable.
    public void refreshDurableIndex() {
        machine.refreshDurableIndex();
    }

    /// Answers nothing from now on, and ends all waits.
    public void close() {
        opened = null;
        leadership.end();
        waiters.rerouteAll(new RegionError.ServerBusy("the store is closing"));
    }

    /// @param timeoutNanos for latches, quorum and disk; waits for locks are not counted
    public RegionReply handle(RegionRequest request, long timeoutNanos) {
        Opened open = opened;
        if (open == null) {
            return new RegionError.ServerBusy("the region is being opened or closed");
        }
        Deadline deadline = Deadline.in(context.env(), timeoutNanos);
        return switch (request) {
            case RegionRequest.Get get -> open.reads.get(get, deadline);
            case RegionRequest.Scan scan -> open.reads.scan(scan, deadline);
            case RegionRequest.ScanLocks scan -> open.reads.scanLocks(scan, deadline);
            case RegionRequest.Prewrite prewrite -> prewrite(open, prewrite, deadline);
            case RegionRequest.PessimisticLock lock -> open.locks.lock(lock, timeoutNanos);
            case RegionRequest.PessimisticRollback rollback ->
                    run(open, request, new PessimisticRollbackCommand(rollback), deadline);
            case RegionRequest.Commit commit ->
                    run(open, request, new CommitCommand(commit), deadline);
            case RegionRequest.Rollback rollback ->
                    run(open, request, new RollbackCommand(rollback), deadline);
            case RegionRequest.CheckTxnStatus check ->
                    run(open, request, new CheckTxnStatusCommand(check), deadline);
            case RegionRequest.ResolveLock resolve ->
                    run(open, request, new ResolveLockCommand(resolve), deadline);
            case RegionRequest.TxnHeartbeat heartbeat ->
                    run(open, request, new TxnHeartbeatCommand(heartbeat), deadline);
            case RegionRequest.Split split -> split(open, split, deadline);
            case RegionRequest.TransferLeader transfer -> transferLeader(open, transfer);
        };
    }

    private static RegionReply run(
            Opened open, RegionRequest request, WriteCommand command, Deadline deadline) {
        return open.writes.run(request.header(), command, deadline);
    }

    private RegionReply prewrite(Opened open, RegionRequest.Prewrite prewrite, Deadline deadline) {
        Function<Timestamp, WriteCommand> command =
                newestRead ->
                        new PrewriteCommand(prewrite, newestRead, context.faults().skipLockCheck());
        if (!prewrite.onePhase()) {
            return run(open, prewrite, command.apply(Timestamp.ZERO), deadline);
        }
        List<ByteSlice> keys = prewrite.mutations().stream().map(Mutation::key).toList();
        return open.writes.runOnePhase(prewrite.header(), keys, command, deadline);
    }

    private RegionReply split(Opened open, RegionRequest.Split split, Deadline deadline) {
        RegionDescriptor descriptor = machine.descriptor();
        if (!split.header().epoch().equals(descriptor.epoch())) {
            return open.routing.epochNotMatch();
        }
        Leadership.Reign reign = leadership.current();
        if (reign == null) {
            return open.routing.notLeading();
        }
        if (!RegionMachine.Division.isPossible(descriptor, split.at(), split.newRegions())) {
            return new RegionError.KeyNotInRegion(descriptor);
        }
        RegionEntry entry =
                new RegionEntry.Split(descriptor.epoch(), split.at(), split.newRegions());
        ProposeResult result =
                open.group
                        .propose(reign.term(), entry.encode())
                        .await(context.env(), deadline.leftNanos());
        return switch (result) {
            case null -> new RegionError.Undetermined();
            case ProposeResult.NotLeader notLeader -> new RegionError.NotLeader(notLeader.leader());
            case ProposeResult.Busy _ ->
                    new RegionError.ServerBusy("too much is on its way through the log");
            case ProposeResult.Undetermined _ -> new RegionError.Undetermined();
            case ProposeResult.Applied applied ->
                    switch ((ApplyResult) applied.result()) {
                        case ApplyResult.Divided divided ->
                                new RegionReply.Split(null, divided.regions());
                        case ApplyResult.StaleEpoch _ -> open.routing.epochNotMatch();
                        case ApplyResult.Written _ ->
                                throw Check.unreachable("a split writes no data");
                    };
        };
    }

    private RegionReply transferLeader(Opened open, RegionRequest.TransferLeader transfer) {
        if (leadership.current() == null) {
            return open.routing.notLeading();
        }
        open.group.transferLeadership(transfer.target());
        return new RegionReply.Done(null);
    }

    /// Takes a timestamp from the oracle, which lies after every read that any earlier leader served.
    private void sync(Leadership.Reign reign) {
        Env env = context.env();
        while (leadership.isCurrent(reign)) {
            try {
                guard.read(context.oracle().next());
                reign.markSynced();
                return;
            } catch (QuorateException e) {
                log.info(
                        "waiting for the oracle region={} term={} why={}",
                        machine.descriptor().id(),
                        reign.term(),
                        e.message());
                env.tasks().sleepNanos(ORACLE_RETRY_NANOS);
            }
        }
    }

    /// What the applying thread tells.
    private final class MachineListener implements RegionMachine.Listener {
        @Override
        public void locksRemoved(List<ByteSlice> keys) {
            if (!waiters.isEmpty()) {
                keys.forEach(waiters::wakeFirst);
            }
        }

        @Override
        public void written(long bytes) {
            context.written().add(bytes);
        }

        @Override
        public void divided(List<RegionDescriptor> newRegions) {
            context.metrics().splits().increment();
            Opened open = opened;
            if (open != null) {
                waiters.rerouteAll(open.routing.epochNotMatch());
            }
            context.births().born(newRegions, guard.newestRead(), isLeading());
        }

        @Override
        public void replaced() {
            Opened open = opened;
            if (open != null) {
                waiters.rerouteAll(open.routing.epochNotMatch());
            }
        }

        @Override
        public void destroyed() {
            close();
            context.births().destroyed(machine.descriptor().id());
        }

        @Override
        public void flushWanted() {
            context.written().flushSoon();
        }

        @Override
        public @Nullable RegionId overlapping(KeyRange range) {
            return context.neighbours().overlapping(machine.descriptor().id(), range);
        }

        @Override
        public void roleChanged(Role role) {
            switch (role) {
                case Role.Leader leader -> {
                    Leadership.Reign reign = leadership.begin(leader.term());
                    context.env()
                            .tasks()
                            .start("sync-" + machine.descriptor().id(), () -> sync(reign));
                }
                case Role.Follower follower -> {
                    leadership.end();
                    waiters.rerouteAll(new RegionError.NotLeader(follower.leader()));
                }
            }
        }
    }
}
