package io.quorate.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A pool of connections to all three nodes.
@ExtendWith(ClusterExtension.class)
class PoolTest {
    private static final int SIZE = 4;
    private static final int WORKERS = 8;
    private static final int TURNS = 20;

    private final TestCluster cluster;

    PoolTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(cluster.url(cluster.ports()) + "?loadBalanceHosts=true");
        config.setUsername("quorate");
        config.setMaximumPoolSize(SIZE);
        config.setMinimumIdle(1);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setConnectionInitSql("SET application_name = 'pool'");
        return new HikariDataSource(config);
    }

    @Test
    void manyWorkersShareFewConnections()
            throws SQLException, InterruptedException, ExecutionException {
        try (HikariDataSource pool = pool()) {
            try (Connection connection = pool.getConnection()) {
                Rows.execute(connection, "CREATE TABLE pool_rows (id int PRIMARY KEY)");
            }
            List<Future<?>> workers = new ArrayList<>();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int worker = 0; worker < WORKERS; worker++) {
                    int first = worker * TURNS;
                    workers.add(executor.submit(() -> insert(pool, first)));
                }
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            HikariPoolMXBean state = pool.getHikariPoolMXBean();
            assertThat(state.getActiveConnections()).isZero();
            assertThat(state.getTotalConnections()).isBetween(1, SIZE);
            try (Connection connection = pool.getConnection()) {
                assertThat(Rows.query(connection, "SELECT count(*) FROM pool_rows"))
                        .containsExactly(Integer.toString(WORKERS * TURNS));
            }
        }
    }

    private static Void insert(HikariDataSource pool, int first) throws SQLException {
        for (int i = 0; i < TURNS; i++) {
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getTransactionIsolation())
                        .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
                Rows.execute(connection, "INSERT INTO pool_rows VALUES (" + (first + i) + ")");
            }
        }
        return null;
    }

    /// What a borrower left behind is gone for the next: an open transaction, read-only, autocommit.
    @Test
    void connectionsComeBackClean() throws SQLException {
        try (HikariDataSource pool = pool()) {
            pool.getHikariConfigMXBean().setMaximumPoolSize(1);
            try (Connection connection = pool.getConnection()) {
                Rows.execute(connection, "CREATE TABLE pool_clean (id int PRIMARY KEY)");
                connection.setAutoCommit(false);
                Rows.execute(connection, "INSERT INTO pool_clean VALUES (1)");
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            } catch (SQLException duringTransaction) {
                assertThat(duringTransaction.getSQLState()).isEqualTo("25001");
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.isReadOnly()).isFalse();
                assertThat(Rows.query(connection, "SELECT count(*) FROM pool_clean"))
                        .containsExactly("0");
                assertThat(Rows.query(connection, "SHOW application_name")).containsExactly("pool");
            }
        }
    }

    @Test
    void validityIsToldByAsking() throws SQLException {
        try (HikariDataSource pool = pool();
                Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            Connection plain = connection.unwrap(Connection.class);
            assertThat(plain.isValid(5)).isTrue();
            connection.setNetworkTimeout(Runnable::run, 10_000);
            assertThat(connection.getSchema()).isEqualTo("public");
            assertThat(connection.getCatalog()).isEqualTo("quorate");
        }
    }
}
