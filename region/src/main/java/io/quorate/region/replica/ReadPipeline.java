package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.region.mvcc.RangeScan;
import io.quorate.region.mvcc.ReadView;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers reads on the leader, linearizably.
///
/// In this order: raise the newest read timestamp; wait for one-phase commits on the way to these
/// keys; confirm with a majority that this replica leads, and wait until everything committed by then
/// is applied; take the snapshot; check that the borders are still those the request was routed by.
/// The last comes last because a split may be applied at any moment before: after it the keys may
/// have been written elsewhere.
final class ReadPipeline {
    private final ReplicaContext context;
    private final RaftGroup group;
    private final RegionMachine machine;
    private final Routing routing;
    private final Leadership leadership;
    private final ReadGuard guard;

    ReadPipeline(
            ReplicaContext context,
            RaftGroup group,
            RegionMachine machine,
            Routing routing,
            Leadership leadership,
            ReadGuard guard) {
        this.context = context;
        this.group = group;
        this.machine = machine;
        this.routing = routing;
        this.leadership = leadership;
        this.guard = guard;
    }

    RegionReply get(RegionRequest.Get request, Deadline deadline) {
        ReadView view = view(request.read(), request.resolved());
        return read(
                request.header(),
                request.read(),
                () -> guard.obstacle(request.keys(), request.read()),
                deadline,
                snapshot -> {
                    RegionError outside = routing.outside(request.keys());
                    return outside != null ? outside : values(snapshot, request.keys(), view);
                });
    }

    /// Scans what of the range lies in this region. The side at which the scan begins must lie here;
    /// where the other side does not, the scan goes on at the border.
    RegionReply scan(RegionRequest.Scan request, Deadline deadline) {
        ReadView view = view(request.read(), request.resolved());
        return read(
                request.header(),
                request.read(),
                () -> guard.obstacle(request.range(), request.read()),
                deadline,
                snapshot -> {
                    KeyRange region = machine.descriptor().range();
                    KeyRange here = request.range().intersect(region);
                    if (here.isEmpty() || !beginsIn(here, request.range(), request.reverse())) {
                        return new RegionError.KeyNotInRegion(machine.descriptor());
                    }
                    RangeScan.Page page =
                            RangeScan.scan(
                                    snapshot,
                                    here,
                                    request.reverse(),
                                    request.limit(),
                                    request.bytesMax(),
                                    view);
                    return rows(page, here, request);
                });
    }

    /// The locks in a range, which must lie in this region as a whole.
    RegionReply scanLocks(RegionRequest.ScanLocks request, Deadline deadline) {
        KeyRange range = request.range();
        return read(
                request.header(),
                request.max(),
                () -> guard.obstacle(range, request.max()),
                deadline,
                snapshot ->
                        range.equals(range.intersect(machine.descriptor().range()))
                                ? new RegionReply.Locks(
                                        null,
                                        locks(snapshot, range, request.max(), request.limit()))
                                : new RegionError.KeyNotInRegion(machine.descriptor()));
    }

    private static boolean beginsIn(KeyRange here, KeyRange asked, boolean reverse) {
        return reverse
                ? Objects.equals(here.end(), asked.end())
                : here.start().equals(asked.start());
    }

    private static RegionReply rows(RangeScan.Page page, KeyRange here, RegionRequest.Scan asked) {
        LockInfo blocking = page.blocking();
        if (blocking != null) {
            return new RegionReply.Rows(new KeyError.Locked(blocking), List.of(), null);
        }
        ByteSlice resumeAt = page.resumeAt();
        boolean done = asked.range().equals(here);
        if (resumeAt == null && !done) {
            resumeAt = asked.reverse() ? here.start() : here.end();
        }
        return new RegionReply.Rows(null, page.rows(), resumeAt);
    }

    private RegionReply read(
            RegionHeader header,
            Timestamp read,
            Supplier<ReadGuard.@Nullable Publication> obstacle,
            Deadline deadline,
            Function<EngineSnapshot, RegionReply> answer) {
        Env env = context.env();
        RegionError stale = routing.staleEpoch(header);
        if (stale != null) {
            return stale;
        }
        Leadership.Reign reign = leadership.current();
        if (reign == null) {
            return routing.notLeading();
        }
        if (!reign.isSynced()) {
            return new RegionError.ServerBusy("the new leader has no timestamp yet");
        }
        context.metrics().reads().increment();
        guard.read(read);
        for (var ahead = obstacle.get(); ahead != null; ahead = obstacle.get()) {
            if (ahead.gone().await(env, deadline.leftNanos()) == null) {
                return new RegionError.ServerBusy("a commit under way takes too long");
            }
        }
        switch (group.readIndex().await(env, deadline.leftNanos())) {
            case null -> {
                return new RegionError.ServerBusy("no majority answered in time");
            }
            case ReadResult.NotLeader notLeader -> {
                return new RegionError.NotLeader(notLeader.leader());
            }
            case ReadResult.Ready _ -> {}
        }
        try (EngineSnapshot snapshot = context.engine().snapshot()) {
            RegionError moved = routing.staleEpoch(header);
            return moved != null ? moved : answer.apply(snapshot);
        }
    }

    private ReadView view(Timestamp read, List<Timestamp> resolved) {
        return new ReadView(read, resolved, context.faults().skipLockCheck());
    }

    private RegionReply values(EngineSnapshot snapshot, List<ByteSlice> keys, ReadView view) {
        try (MvccReader reader = new MvccReader(snapshot, machine.descriptor().range())) {
            List<@Nullable ByteSlice> values = new ArrayList<>(keys.size());
            for (ByteSlice key : keys) {
                LockInfo blocking = reader.blockingLock(key, view);
                if (blocking != null) {
                    return new RegionReply.Values(new KeyError.Locked(blocking), List.of());
                }
                values.add(reader.valueAt(key, view.read()));
            }
            return new RegionReply.Values(null, values);
        }
    }

    private static List<LockInfo> locks(
            EngineSnapshot snapshot, KeyRange range, Timestamp max, int limit) {
        List<LockInfo> locks = new ArrayList<>();
        try (EngineSnapshot.Cursor cursor =
                snapshot.cursor(Family.LOCK, range.start(), range.end())) {
            for (cursor.seekToFirst(); cursor.valid() && locks.size() < limit; cursor.next()) {
                LockRecord lock = LockRecord.decode(cursor.value());
                if (!lock.start().isAfter(max)) {
                    locks.add(lock.info(cursor.key()));
                }
            }
        }
        return locks;
    }
}
