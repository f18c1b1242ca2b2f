package io.quorate.tso.meta;

import io.quorate.common.check.Check;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.env.NodeId;
import io.quorate.tso.api.ClusterMeta.OldLease;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the oracle's group agrees on. Owned by the thread that applies entries; the same entries leave
/// the same state on every replica.
final class MetaState {
    /// The first id that PostgreSQL leaves to users.
    static final long FIRST_ID = 16_384;

    private long limitMillis;
    private long nextId = FIRST_ID;
    private long minimumVersion;

    /// End of the lease by node and schema version.
    private final SortedMap<NodeId, SortedMap<Long, Timestamp>> leases = new TreeMap<>();

    long limitMillis() {
        return limitMillis;
    }

    MetaResult apply(MetaCommand command) {
        return switch (command) {
            case MetaCommand.RaiseLimit(long wanted) -> {
                limitMillis = Math.max(limitMillis, wanted);
                yield new MetaResult.LimitRaised(limitMillis);
            }
            case MetaCommand.AllocateIds(int count) -> {
                Check.that(count > 0, "at least one id is asked for");
                nextId += count;
                yield new MetaResult.Ids(nextId - count);
            }
            case MetaCommand.GrantLease grant -> grant(grant);
            case MetaCommand.RaiseMinimumVersion(long version, Timestamp now) -> {
                minimumVersion = Math.max(minimumVersion, version);
                dropEnded(now);
                yield new MetaResult.OldLeases(leasesBelow(version));
            }
            case MetaCommand.ReleaseLeases(NodeId node, long belowVersion) -> {
                release(node, belowVersion);
                yield new MetaResult.Released();
            }
        };
    }

    private MetaResult grant(MetaCommand.GrantLease grant) {
        if (grant.version() < minimumVersion) {
            return new MetaResult.LeaseRefused(minimumVersion);
        }
        Timestamp until =
                leases.computeIfAbsent(grant.node(), _ -> new TreeMap<>())
                        .merge(grant.version(), grant.until(), Timestamp::max);
        return new MetaResult.LeaseGranted(grant.version(), until);
    }

    private void release(NodeId node, long belowVersion) {
        SortedMap<Long, Timestamp> held = leases.get(node);
        if (held != null) {
            held.headMap(belowVersion).clear();
            if (held.isEmpty()) {
                leases.remove(node);
            }
        }
    }

    private void dropEnded(Timestamp now) {
        leases.values().forEach(held -> held.values().removeIf(until -> until.isBefore(now)));
        leases.values().removeIf(Map::isEmpty);
    }

    private List<OldLease> leasesBelow(long version) {
        List<OldLease> old = new ArrayList<>();
        leases.forEach((node, held) ->
                held.headMap(version).forEach((v, until) -> old.add(new OldLease(node, v, until))));
        return List.copyOf(old);
    }

    void write(ByteWriter out) {
        out.putVarLong(limitMillis);
        out.putVarLong(nextId);
        out.putVarLong(minimumVersion);
        out.putVarInt(leases.size());
        leases.forEach((node, held) -> {
            out.putVarInt(node.value());
            out.putVarInt(held.size());
            held.forEach((version, until) -> {
                out.putVarLong(version);
                out.putLong(until.value());
            });
        });
    }

    static MetaState read(ByteReader in) {
        MetaState state = new MetaState();
        state.limitMillis = in.getVarLong();
        state.nextId = in.getVarLong();
        state.minimumVersion = in.getVarLong();
        int nodes = in.getCount();
        for (int i = 0; i < nodes; i++) {
            SortedMap<Long, Timestamp> held = new TreeMap<>();
            state.leases.put(new NodeId(in.getVarInt()), held);
            int count = in.getCount();
            for (int j = 0; j < count; j++) {
                held.put(in.getVarLong(), new Timestamp(in.getLong()));
            }
        }
        return state;
    }
}
