package io.quorate.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many executions before one Sync.
@ExtendWith(ClusterExtension.class)
class BatchTest {
    private static final int ROWS = 1_000;

    private final TestCluster cluster;

    BatchTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    private Connection connect(boolean rewrite) throws SQLException {
        return cluster.connect(Map.of("reWriteBatchedInserts", Boolean.toString(rewrite)));
    }

    private static void createTable(Connection connection, String name) throws SQLException {
        Rows.execute(
                connection,
                "DROP TABLE IF EXISTS " + name,
                "CREATE TABLE " + name + " (id int PRIMARY KEY, v text NOT NULL)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batchesInsertEveryRow(boolean rewrite) throws SQLException {
        String table = "batch_insert_" + rewrite;
        try (Connection connection = connect(rewrite)) {
            createTable(connection, table);
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
                for (int i = 0; i < ROWS; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "v" + i);
                    insert.addBatch();
                }
                int[] counts = insert.executeBatch();
                assertThat(counts).hasSize(ROWS);
                assertThat(Arrays.stream(counts))
                        .allMatch(count -> count == (rewrite ? Statement.SUCCESS_NO_INFO : 1));
            }
            connection.commit();
            assertThat(Rows.query(connection, "SELECT count(*), max(v) FROM " + table))
                    .containsExactly(ROWS + "|v999");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneBadRowFailsTheBatchAndLeavesNothing(boolean rewrite) throws SQLException {
        String table = "batch_bad_" + rewrite;
        try (Connection connection = connect(rewrite)) {
            createTable(connection, table);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
                for (int id : new int[] {1, 2, 1, 3}) {
                    insert.setInt(1, id);
                    insert.setString(2, "x");
                    insert.addBatch();
                }
                BatchUpdateException failed =
                        catchThrowableOfType(
                                BatchUpdateException.class, () -> insert.executeBatch());
                assertThat(failed.getSQLState()).isEqualTo("23505");
                assertThat(Arrays.stream(failed.getUpdateCounts()))
                        .allMatch(count -> count == Statement.EXECUTE_FAILED);
            }
            assertThat(Rows.query(connection, "SELECT count(*) FROM " + table))
                    .containsExactly("0");
        }
    }

    @Test
    void differentStatementsGoInOneBatch() throws SQLException {
        try (Connection connection = connect(false);
                Statement statement = connection.createStatement()) {
            createTable(connection, "batch_mixed");
            statement.addBatch("INSERT INTO batch_mixed VALUES (1, 'a'), (2, 'b')");
            statement.addBatch("UPDATE batch_mixed SET v = v || '!'");
            statement.addBatch("DELETE FROM batch_mixed WHERE id = 1");
            assertThat(statement.executeBatch()).containsExactly(2, 2, 1);
            assertThat(Rows.query(connection, "SELECT * FROM batch_mixed")).containsExactly("2|b!");
        }
    }

    /// After an error everything up to the Sync is skipped, and then the connection works.
    @Test
    void theConnectionGoesOnAfterAFailedBatch() throws SQLException {
        try (Connection connection = connect(false);
                Statement statement = connection.createStatement()) {
            createTable(connection, "batch_after");
            statement.addBatch("INSERT INTO batch_after VALUES (1, 'a')");
            statement.addBatch("SELECT 1 / 0");
            statement.addBatch("INSERT INTO batch_after VALUES (2, 'b')");
            BatchUpdateException failed =
                    catchThrowableOfType(
                            BatchUpdateException.class, () -> statement.executeBatch());
            assertThat(failed.getSQLState()).isEqualTo("22012");
            assertThat(Rows.query(connection, "SELECT count(*) FROM batch_after"))
                    .containsExactly("0");
        }
    }

    @Test
    void generatedKeysComeBack() throws SQLException {
        try (Connection connection = connect(false)) {
            Rows.execute(
                    connection,
                    "CREATE TABLE batch_keys (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY"
                            + " KEY, v text, w int DEFAULT 7)");
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO batch_keys (v) VALUES (?)", new String[] {"id", "w"})) {
                insert.setString(1, "one");
                assertThat(insert.executeUpdate()).isEqualTo(1);
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    assertThat(Rows.columns(keys, "w")).isEqualTo(List.of("7"));
                }
            }
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO batch_keys (v) VALUES (?)",
                            Statement.RETURN_GENERATED_KEYS)) {
                for (String value : List.of("a", "b", "c")) {
                    insert.setString(1, value);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    assertThat(Rows.columns(keys, "v")).containsExactly("a", "b", "c");
                }
            }
            assertThat(Rows.query(connection, "SELECT count(DISTINCT id) FROM batch_keys"))
                    .containsExactly("4");
        }
    }
}
