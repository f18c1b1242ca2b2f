package io.quorate.region;

import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.RaftStore;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.MemberChange;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionFaults;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionLocation;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.RegionService;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.replica.RegionRecords;
import io.quorate.region.replica.RegionReplica;
import io.quorate.region.replica.ReplicaContext;
import io.quorate.region.replica.ReplicaMetrics;
import io.quorate.region.route.LocalRegions;
import io.quorate.region.route.RegionServices;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The regions of one node: opens those found on the engine and those that splits make, and answers
/// requests to them.
///
/// Close it before the Raft store that runs its groups, and the engine after both.
public final class RegionStore implements RegionService, LocalRegions, AutoCloseable {
    /// The first region of a cluster; the oracle's group has the number before it.
    public static final RegionId FIRST_REGION = new RegionId(2);

    private static final Logger log = LoggerFactory.getLogger(RegionStore.class);

    private final Env env;
    private final RaftStore groups;
    private final StorageEngine engine;
    private final RegionStoreOptions options;
    private final ReplicaContext context;
    private final FlushLoop flushLoop;
    private final ConcurrentSkipListMap<RegionId, RegionReplica> replicas =
            new ConcurrentSkipListMap<>();

    /// One region is opened at a time.
    private final ReentrantLock opening = new ReentrantLock();

    private volatile boolean closed;

    public RegionStore(
            Env env,
            RaftStore groups,
            StorageEngine engine,
            TimestampOracle oracle,
            RegionStoreOptions options,
            RegionFaults faults) {
        this.env = env;
        this.groups = groups;
        this.engine = engine;
        this.options = options;
        flushLoop = new FlushLoop(env, engine, options, this::refreshDurableIndexes);
        context =
                new ReplicaContext(
                        env,
                        engine,
                        oracle,
                        faults,
                        ReplicaMetrics.of(env.metrics()),
                        new ComingAndGoing(),
                        flushLoop,
                        this::overlapping);
    }

    /// Makes the first region, which holds all keys, with these replicas. Every one of them is told
    /// the same. Does nothing where the store has regions already. Before [#start].
    public void bootstrap(List<NodeId> voters) {
        if (!RegionRecords.readDescriptors(engine).isEmpty()) {
            return;
        }
        EngineBatch batch = new EngineBatch();
        RegionRecords.putNewRegion(
                batch,
                new RegionDescriptor(
                        FIRST_REGION, new RegionEpoch(1, 1), KeyRange.ALL, List.copyOf(voters)));
        engine.write(batch);
        engine.flush();
    }

    /// Opens every region found on the engine and answers calls from now on.
    public void start() {
        for (RegionDescriptor region : RegionRecords.readDescriptors(engine)) {
            open(region, Timestamp.ZERO, null);
        }
        for (GroupId group : groups.unfinished()) {
            join(group);
        }
        groups.onUnknownGroup(this::join);
        flushLoop.start();
        env.metrics().gauge("quorate_region_replicas_count", replicas::size);
        env.network().serve(RegionServices.REGION, (_, request) -> handle(request));
        env.network().serve(RegionServices.LOCATE, (_, range) -> locate(range));
    }

    @Override
    public RegionReply handle(RegionRequest request) {
        return handle(request, options.requestTimeoutNanos());
    }

    @Override
    public RegionReply handle(RegionRequest request, long timeoutNanos) {
        if (closed) {
            return new RegionError.ServerBusy("the store is closing");
        }
        RegionReplica replica = replicas.get(request.header().region());
        if (replica == null) {
            return new RegionError.RegionNotFound(request.header().region());
        }
        return replica.handle(request, Math.min(timeoutNanos, options.requestTimeoutNanos()));
    }

    @Override
    public List<RegionLocation> locate(KeyRange range) {
        List<RegionLocation> found = new ArrayList<>();
        for (RegionReplica replica : replicas.values()) {
            RegionDescriptor region = replica.descriptor();
            if (!region.range().intersect(range).isEmpty()) {
                found.add(new RegionLocation(region, replica.leader()));
            }
        }
        found.sort(Comparator.comparing(location -> location.region().range().start()));
        return found;
    }

    /// Changes who has replicas of a region that is led from here; see
    /// [RaftGroup#changeMembers]. The region's descriptor follows, with a higher `confVersion`.
    public ProposeResult changeMembers(RegionId region, MemberChange change) {
        RegionReplica replica = replicas.get(region);
        return replica == null
                ? new ProposeResult.NotLeader(null)
                : replica.changeMembers(change, options.requestTimeoutNanos());
    }

    /// Stops flushing and answers nothing any more. Requests that wait are answered as busy.
    @Override
    public void close() {
        closed = true;
        flushLoop.stop();
        replicas.values().forEach(RegionReplica::close);
    }

    /// Told by the threads that apply entries.
    private final class ComingAndGoing implements ReplicaContext.Births {
        /// Opening a group touches the disk, so it is done elsewhere.
        @Override
        public void born(List<RegionDescriptor> born, Timestamp newestRead, boolean parentLed) {
            NodeId leader = parentLed ? env.node() : null;
            env.tasks().start("open-regions", () -> born.forEach(r -> open(r, newestRead, leader)));
        }

        @Override
        public void destroyed(RegionId region) {
            replicas.remove(region);
            log.info("left region={}", region);
        }
    }

    /// @param leader who should lead it first; null if nobody in particular
    private void open(RegionDescriptor region, Timestamp newestRead, @Nullable NodeId leader) {
        opening.lock();
        try {
            if (closed || replicas.containsKey(region.id())) {
                // One that joined before the split came gets a snapshot.
                return;
            }
            RegionReplica replica = new RegionReplica(context, region, newestRead);
            RaftGroup group =
                    groups.open(
                            region.id().group(),
                            votersFrom(region.replicas(), leader),
                            replica.stateMachine());
            replica.open(group);
            replicas.put(region.id(), replica);
        } finally {
            opening.unlock();
        }
        log.info("opened region={} epoch={} range={}", region.id(), region.epoch(), region.range());
    }

    /// Other stores made this one a member of a region. Until its snapshot came it is a replica that
    /// knows nothing. A region that a split is about to make here again is not joined: it would forget
    /// what its log holds.
    private void join(GroupId group) {
        if (group.value() < FIRST_REGION.value()) {
            return;
        }
        RegionId id = new RegionId(group.value());
        opening.lock();
        try {
            if (closed || replicas.containsKey(id) || groups.isAwaited(group)) {
                return;
            }
            RegionReplica replica = RegionReplica.unborn(context, id);
            replica.open(groups.join(group, replica.stateMachine()));
            replicas.put(id, replica);
            log.info("joined region={}", id);
        } finally {
            opening.unlock();
        }
    }

    private @Nullable RegionId overlapping(RegionId except, KeyRange range) {
        for (RegionReplica replica : replicas.values()) {
            RegionDescriptor other = replica.descriptor();
            if (!other.id().equals(except) && !other.range().intersect(range).isEmpty()) {
                return other.id();
            }
        }
        return null;
    }

    /// The same voters, the one that should lead first in front.
    private static List<NodeId> votersFrom(List<NodeId> voters, @Nullable NodeId leader) {
        List<NodeId> ordered = new ArrayList<>(voters);
        if (leader != null && ordered.remove(leader)) {
            ordered.addFirst(leader);
        }
        return ordered;
    }

    private void refreshDurableIndexes() {
        replicas.values().forEach(RegionReplica::refreshDurableIndex);
    }
}
