package io.quorate.sql;

import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.RegionClient;
import io.quorate.sql.api.Session;
import io.quorate.sql.api.SqlEngine;
import io.quorate.sql.bind.Binder;
import io.quorate.sql.catalog.CatalogStore;
import io.quorate.sql.ddl.DdlExecutor;
import io.quorate.sql.ddl.SchemaManager;
import io.quorate.sql.ddl.Sequences;
import io.quorate.sql.function.Functions;
import io.quorate.sql.plan.Planner;
import io.quorate.sql.session.Services;
import io.quorate.sql.session.SqlSession;
import io.quorate.sql.system.SystemCatalog;
import io.quorate.tso.api.ClusterMeta;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.txn.api.TransactionManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The SQL engine of a node.
public final class QuorateSql implements SqlEngine, AutoCloseable {
    /// The one database and the one role there are.
    public static final String DATABASE = "quorate";

    public static final String SUPERUSER = "quorate";

    private static final long HELD_ROWS_MAX = 5_000_000;
    private static final int PROCESS_IDS_PER_NODE = 1 << 24;

    private final Env env;
    private final SchemaManager schemas;
    private final Services services;
    private final AtomicInteger sessionsOpened = new AtomicInteger();
    private final Map<Integer, SqlSession> sessions = new ConcurrentHashMap<>();

    public QuorateSql(
            Env env,
            TransactionManager transactions,
            TimestampOracle oracle,
            ClusterMeta meta,
            RegionClient regions) {
        this.env = env;
        Functions functions = Functions.builtin();
        SystemCatalog system = new SystemCatalog(env.metrics(), functions, DATABASE, SUPERUSER);
        schemas =
                new SchemaManager(
                        env, transactions, oracle, meta, new CatalogStore(system.views()));
        services =
                new Services(
                        env,
                        transactions,
                        schemas,
                        new DdlExecutor(schemas, meta, regions),
                        new Sequences(transactions),
                        new Binder(functions),
                        new Planner(),
                        system.functions(),
                        DATABASE,
                        HELD_ROWS_MAX);
        env.metrics().gauge("quorate_sql_sessions_open", sessions::size);
    }

    /// Begins to keep the schema and its lease.
    public void start() {
        schemas.start();
    }

    @Override
    public Session open(String user, String database, Map<String, String> settings) {
        if (!user.equals(SUPERUSER)) {
            throw new QuorateException(
                    ErrorCode.INVALID_AUTHORIZATION_SPECIFICATION,
                    "role \"" + user + "\" does not exist");
        }
        if (!database.equals(DATABASE)) {
            throw new QuorateException(
                    ErrorCode.INVALID_CATALOG_NAME, "database \"" + database + "\" does not exist");
        }
        int processId =
                env.node().value() * PROCESS_IDS_PER_NODE
                        + sessionsOpened.incrementAndGet() % PROCESS_IDS_PER_NODE;
        SqlSession session =
                new SqlSession(
                        services, user, processId, settings, () -> sessions.remove(processId));
        sessions.put(processId, session);
        return session;
    }

    /// Stops keeping the lease; open sessions end with their connections.
    @Override
    public void close() {
        schemas.stop();
    }
}
