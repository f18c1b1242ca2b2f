package io.quorate.server.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.quorate.server.demo.BankConfig.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/// Connections of one transaction mode: a HikariCP pool for each node. A node whose connection failed
/// is left out for a moment, so that its clients go to the others.
final class Pools implements AutoCloseable {
    private static final long AVOID_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CONNECTION_TIMEOUT_MILLIS = 1_000;

    private final List<HikariDataSource> pools = new ArrayList<>();
    private final AtomicLongArray avoidUntilNanos;

    /// @param clients how many threads ask for connections at the same time
    Pools(List<String> urls, TransactionMode mode, int clients) {
        long now = System.nanoTime();
        avoidUntilNanos = new AtomicLongArray(urls.size());
        for (int node = 0; node < urls.size(); node++) {
            pools.add(open(urls.get(node), mode, clients));
            avoidUntilNanos.set(node, now);
        }
    }

    private static HikariDataSource open(String url, TransactionMode mode, int clients) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(clients);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("SET transaction_mode = '" + mode.setting() + "'");
        config.setIsolateInternalQueries(true);
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    /// The number of some node that is not known to be down; of any if all are.
    int pickNode() {
        int first = ThreadLocalRandom.current().nextInt(pools.size());
        long now = System.nanoTime();
        for (int i = 0; i < pools.size(); i++) {
            int node = (first + i) % pools.size();
            if (avoidUntilNanos.get(node) - now <= 0) {
                return node;
            }
        }
        return first;
    }

    Connection connect(int node) throws SQLException {
        return pools.get(node).getConnection();
    }

    /// Leaves the node out for a moment if the error says that it cannot answer.
    void avoidIfUnavailable(int node, SQLException error) {
        if (SqlStates.isUnavailable(error)) {
            avoidUntilNanos.set(node, System.nanoTime() + AVOID_NANOS);
        }
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
