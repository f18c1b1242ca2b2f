package io.quorate.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/// Statements that are ended from outside: the connection goes on.
@ExtendWith(ClusterExtension.class)
class CancelTest {
    private static final String FOR_EVER = "SELECT pg_sleep(600)";

    private final TestCluster cluster;

    CancelTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FOR_EVER,
                "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b"
            })
    void cancelEndsTheStatement(String sql) throws SQLException, InterruptedException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            CountDownLatch over = new CountDownLatch(1);
            // A cancel that comes before the statement runs does nothing, so it is repeated.
            Thread canceller = Thread.ofVirtual().start(() -> cancelUntil(over, connection));
            SQLException failed =
                    catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            over.countDown();
            canceller.join();
            assertThat(failed.getSQLState()).isEqualTo("57014");
            assertThat(failed.getMessage())
                    .isEqualTo("ERROR: canceling statement due to user request");
        }
    }

    @Test
    void cancelEndsTheWaitForARow() throws SQLException, InterruptedException {
        try (Connection holder = cluster.connect();
                Connection waiter = cluster.connect();
                Statement statement = waiter.createStatement()) {
            statement.execute("CREATE TABLE held (id int PRIMARY KEY, n int)");
            statement.execute("INSERT INTO held VALUES (1, 0), (2, 0)");
            holder.setAutoCommit(false);
            holder.createStatement().execute("UPDATE held SET n = 1");
            for (String sql :
                    List.of(
                            "UPDATE held SET n = 2 WHERE id = 1",
                            "SELECT * FROM held FOR UPDATE",
                            "DELETE FROM held")) {
                waiter.setAutoCommit(sql.startsWith("UPDATE"));
                CountDownLatch over = new CountDownLatch(1);
                Thread canceller = Thread.ofVirtual().start(() -> cancelUntil(over, waiter));
                SQLException failed =
                        catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
                over.countDown();
                canceller.join();
                assertThat(failed.getSQLState()).as(sql).isEqualTo("57014");
                if (!waiter.getAutoCommit()) {
                    waiter.rollback();
                }
            }
            holder.commit();
            waiter.setAutoCommit(true);
            assertThat(Rows.query(waiter, "SELECT n FROM held")).containsExactly("1", "1");
        }
    }

    private static void cancelUntil(CountDownLatch over, Connection connection) {
        try {
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                connection.unwrap(PGConnection.class).cancelQuery();
            }
        } catch (SQLException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void theDriversTimeoutCancels() throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            SQLException failed =
                    catchThrowableOfType(SQLException.class, () -> statement.execute(FOR_EVER));
            assertThat(failed.getSQLState()).isEqualTo("57014");
            assertThat(Rows.query(connection, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void statementTimeoutEndsTheStatementAndTheTransaction() throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET statement_timeout = '50ms'");
            SQLException failed =
                    catchThrowableOfType(SQLException.class, () -> statement.execute(FOR_EVER));
            assertThat(failed.getSQLState()).isEqualTo("57014");
            assertThat(failed.getMessage())
                    .isEqualTo("ERROR: canceling statement due to statement timeout");
            SQLException aborted =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT 1"));
            assertThat(aborted.getSQLState()).isEqualTo("25P02");
            connection.rollback();
            assertThat(Rows.query(connection, "SHOW statement_timeout")).containsExactly("0");
        }
    }
}
