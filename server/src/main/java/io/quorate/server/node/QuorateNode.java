package io.quorate.server.node;

import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.pgwire.PgServer;
import io.quorate.raftstore.RaftStore;
import io.quorate.raftstore.RaftStoreConfig;
import io.quorate.region.RegionRouter;
import io.quorate.region.RegionStore;
import io.quorate.region.RegionStoreOptions;
import io.quorate.region.StorageEngines;
import io.quorate.region.api.StorageEngine;
import io.quorate.sql.QuorateSql;
import io.quorate.tso.TsoNode;
import io.quorate.txn.Transactions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running node.
public final class QuorateNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QuorateNode.class);
    private static final String ENGINE_DIRECTORY = "kv";
    private static final long BLOCK_CACHE_BYTES = 256L << 20;

    private final Env env;
    private final RaftStore raft;
    private final StorageEngine engine;
    private final RegionStore regions;
    private final QuorateSql sql;
    private @Nullable PgServer pgServer;

    /// Opens the node's data and joins the cluster of `nodes`, of which it is one. SQL is served from
    /// [#listen] on.
    public QuorateNode(Env env, long clusterId, List<NodeId> nodes, NodeFaults faults) {
        this.env = env;
        raft = new RaftStore(env, RaftStoreConfig.standard(clusterId));
        TsoNode tso = new TsoNode(env, (group, machine) -> raft.open(group, nodes, machine));
        engine =
                StorageEngines.rocks(
                        Path.of(env.disk().machinePath(ENGINE_DIRECTORY)), BLOCK_CACHE_BYTES);
        regions =
                new RegionStore(
                        env,
                        raft,
                        engine,
                        tso.oracle(),
                        RegionStoreOptions.DEFAULT,
                        faults.region());
        regions.bootstrap(nodes);
        regions.start();
        RegionRouter router = new RegionRouter(env, regions, () -> nodes);
        Transactions transactions =
                new Transactions(env, tso.oracle(), router, tso::leader, faults.transactions());
        sql = new QuorateSql(env, transactions, tso.oracle(), tso.meta(), router);
        sql.start();
        log.info("node started node={}", env.node());
    }

    /// Begins to serve PostgreSQL clients. Throws [java.net.BindException] when the port is taken.
    public void listen(InetSocketAddress address) {
        pgServer = PgServer.start(env, sql, address);
    }

    public NodeId id() {
        return env.node();
    }

    /// The PostgreSQL port.
    public int port() {
        PgServer server = pgServer;
        if (server == null) {
            throw new IllegalStateException("a node has a port once it listens");
        }
        return server.port();
    }

    /// Ends clients first, then everything below in the order of use.
    @Override
    public void close() {
        PgServer server = pgServer;
        if (server != null) {
            server.close();
        }
        sql.close();
        regions.close();
        raft.close();
        engine.close();
        log.info("node stopped node={}", env.node());
    }
}
