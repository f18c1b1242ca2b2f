package io.quorate.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What JDBC's Connection says about transactions.
@ExtendWith(ClusterExtension.class)
class TransactionTest {
    private final TestCluster cluster;

    TransactionTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    private static void createTable(Connection connection, String name) throws SQLException {
        Rows.execute(connection, "CREATE TABLE " + name + " (id int PRIMARY KEY, v int)");
    }

    @Test
    void savepointsUndoWhatFollowsThem() throws SQLException {
        try (Connection connection = cluster.connect()) {
            createTable(connection, "tx_savepoint");
            connection.setAutoCommit(false);
            Rows.execute(connection, "INSERT INTO tx_savepoint VALUES (1, 1)");
            Savepoint first = connection.setSavepoint("first");
            Rows.execute(connection, "INSERT INTO tx_savepoint VALUES (2, 2)");
            Savepoint second = connection.setSavepoint();
            SQLException failed =
                    catchThrowableOfType(
                            SQLException.class,
                            () ->
                                    Rows.execute(
                                            connection, "INSERT INTO tx_savepoint VALUES (2, 3)"));
            assertThat(failed.getSQLState()).isEqualTo("23505");
            connection.rollback(second);
            Rows.execute(connection, "INSERT INTO tx_savepoint VALUES (3, 3)");
            assertThat(Rows.query(connection, "SELECT count(*) FROM tx_savepoint"))
                    .containsExactly("3");
            connection.rollback(first);
            connection.releaseSavepoint(first);
            connection.commit();
            assertThat(Rows.query(connection, "SELECT * FROM tx_savepoint")).containsExactly("1|1");
        }
    }

    /// The driver sets a savepoint before each statement and returns to it after an error.
    @Test
    void autosaveKeepsTheTransactionAlive() throws SQLException {
        try (Connection connection = cluster.connect(Map.of("autosave", "always"))) {
            createTable(connection, "tx_autosave");
            connection.setAutoCommit(false);
            Rows.execute(connection, "INSERT INTO tx_autosave VALUES (1, 1)");
            SQLException twice =
                    catchThrowableOfType(
                            SQLException.class,
                            () ->
                                    Rows.execute(
                                            connection, "INSERT INTO tx_autosave VALUES (1, 2)"));
            assertThat(twice.getSQLState()).isEqualTo("23505");
            Rows.execute(connection, "INSERT INTO tx_autosave VALUES (2, 2)");
            connection.commit();
            assertThat(Rows.query(connection, "SELECT count(*) FROM tx_autosave"))
                    .containsExactly("2");
        }
    }

    @Test
    void repeatableReadKeepsItsSnapshot() throws SQLException {
        try (Connection one = cluster.connect();
                Connection other = cluster.connect()) {
            createTable(one, "tx_snapshot");
            Rows.execute(one, "INSERT INTO tx_snapshot VALUES (1, 1)");
            one.setAutoCommit(false);
            one.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(one.getTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(Rows.query(one, "SELECT v FROM tx_snapshot")).containsExactly("1");
            Rows.execute(other, "UPDATE tx_snapshot SET v = 2");
            assertThat(Rows.query(one, "SELECT v FROM tx_snapshot")).containsExactly("1");
            SQLException failed =
                    catchThrowableOfType(
                            SQLException.class,
                            () -> Rows.execute(one, "UPDATE tx_snapshot SET v = v + 10"));
            assertThat(failed.getSQLState()).isEqualTo("40001");
            one.rollback();
            one.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            Rows.execute(one, "UPDATE tx_snapshot SET v = v + 10");
            one.commit();
            assertThat(Rows.query(other, "SELECT v FROM tx_snapshot")).containsExactly("12");
        }
    }

    @Test
    void readCommittedSeesWhatOthersCommitted() throws SQLException {
        try (Connection one = cluster.connect();
                Connection other =
                        cluster.connect(cluster.url(cluster.ports().subList(1, 2)), Map.of())) {
            createTable(one, "tx_committed");
            one.setAutoCommit(false);
            assertThat(Rows.query(one, "SELECT count(*) FROM tx_committed")).containsExactly("0");
            Rows.execute(other, "INSERT INTO tx_committed VALUES (1, 1)");
            assertThat(Rows.query(one, "SELECT count(*) FROM tx_committed")).containsExactly("1");
            one.commit();
        }
    }

    @Test
    void readOnlyRefusesChanges() throws SQLException {
        try (Connection connection = cluster.connect()) {
            createTable(connection, "tx_read_only");
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            assertThat(Rows.query(connection, "SELECT count(*) FROM tx_read_only"))
                    .containsExactly("0");
            SQLException failed =
                    catchThrowableOfType(
                            SQLException.class,
                            () ->
                                    Rows.execute(
                                            connection, "INSERT INTO tx_read_only VALUES (1, 1)"));
            assertThat(failed.getSQLState()).isEqualTo("25006");
            connection.rollback();
            connection.setReadOnly(false);
            Rows.execute(connection, "INSERT INTO tx_read_only VALUES (1, 1)");
            connection.commit();
        }
    }

    @Test
    void aFailedTransactionOnlyRollsBack() throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            createTable(connection, "tx_failed");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO tx_failed VALUES (1, 1)");
            SQLException failed =
                    catchThrowableOfType(
                            SQLException.class, () -> statement.execute("SELECT 1 / 0"));
            assertThat(failed.getSQLState()).isEqualTo("22012");
            SQLException aborted =
                    catchThrowableOfType(
                            SQLException.class,
                            () -> statement.execute("INSERT INTO tx_failed VALUES (2, 2)"));
            assertThat(aborted.getSQLState()).isEqualTo("25P02");
            connection.rollback();
            assertThat(Rows.query(connection, "SELECT count(*) FROM tx_failed"))
                    .containsExactly("0");
        }
    }

    /// Schema changes are part of the transaction.
    @Test
    void aTableCanBeRolledBack() throws SQLException {
        try (Connection connection = cluster.connect()) {
            connection.setAutoCommit(false);
            createTable(connection, "tx_ddl");
            Rows.execute(connection, "INSERT INTO tx_ddl VALUES (1, 1)");
            connection.rollback();
            SQLException missing =
                    catchThrowableOfType(
                            SQLException.class, () -> Rows.query(connection, "TABLE tx_ddl"));
            assertThat(missing.getSQLState()).isEqualTo("42P01");
            connection.rollback();
        }
    }

    @Test
    void severalHostsAreTriedInTurn() throws SQLException {
        // Port 1 answers no connection.
        List<Integer> ports = List.of(1, cluster.ports().get(1), cluster.ports().get(2));
        for (String target : List.of("any", "primary", "preferSecondary")) {
            Map<String, String> properties = Map.of("targetServerType", target);
            try (Connection connection = cluster.connect(cluster.url(ports), properties)) {
                assertThat(Rows.query(connection, "SHOW transaction_read_only"))
                        .containsExactly("off");
            }
        }
        SQLException noSecondary =
                catchThrowableOfType(
                        SQLException.class,
                        () ->
                                cluster.connect(
                                        cluster.url(ports),
                                        Map.of("targetServerType", "secondary")));
        assertThat(noSecondary.getMessage()).contains("Could not find a server");
    }
}
