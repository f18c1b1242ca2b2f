package io.quorate.sql.script;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.MachineEnv;
import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionRequest;
import io.quorate.sql.QuorateSql;
import io.quorate.tso.api.ClusterMeta;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/// A SQL engine over a [MemoryStore], in a cluster of one node that nobody talks to.
final class LoneNode implements ClusterMeta, TimestampOracle, RegionClient, Network {
    private final MemoryStore store = new MemoryStore();
    private long nextId = 16384;

    QuorateSql engine() {
        Env env =
                MachineEnv.of(
                        new NodeId(1),
                        Path.of("no-files-are-kept"),
                        this,
                        (_, reason, cause) -> {
                            throw new IllegalStateException(reason, cause);
                        });
        return new QuorateSql(env, store, this, this, this);
    }

    @Override
    public long allocateIds(int count) {
        long first = nextId;
        nextId += count;
        return first;
    }

    @Override
    public SchemaLease renewSchemaLease(long version) {
        return new SchemaLease.Granted(version, Timestamp.MAX);
    }

    @Override
    public List<OldLease> raiseMinimumSchemaVersion(long version) {
        return List.of();
    }

    @Override
    public void releaseSchemaLeasesBelow(long version) {}

    @Override
    public List<NodeId> nodes() {
        return List.of(new NodeId(1));
    }

    @Override
    public Timestamp next() {
        return store.tick();
    }

    @Override
    public Timestamp lastSeen() {
        return store.now();
    }

    @Override
    public SendResult send(
            ByteSlice key, long timeoutNanos, Function<RegionHeader, RegionRequest> request) {
        throw new UnsupportedOperationException("there are no regions");
    }

    @Override
    public SortedMap<ByteSlice, List<ByteSlice>> groupByRegion(List<ByteSlice> keys) {
        throw new UnsupportedOperationException("there are no regions");
    }

    @Override
    public List<RegionDescriptor> regionsOf(KeyRange range) {
        throw new UnsupportedOperationException("there are no regions");
    }

    @Override
    public <Q, R> void serve(Service<Q, R> service, Handler<Q, R> handler) {}

    @Override
    public <M> void listen(Topic<M> topic, Receiver<M> receiver) {}

    @Override
    public <Q, R> CallResult<R> call(
            NodeId to, Service<Q, R> service, Q request, long timeoutNanos) {
        return new CallResult.NotSent<>("there is no other node");
    }

    @Override
    public <M> void send(NodeId to, Topic<M> topic, M message) {}
}
