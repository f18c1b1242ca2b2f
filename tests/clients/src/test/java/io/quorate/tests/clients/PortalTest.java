package io.quorate.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGResultSetMetaData;

/// Rows in portions, and what is told of their columns.
@ExtendWith(ClusterExtension.class)
class PortalTest {
    private final TestCluster cluster;

    PortalTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aFetchSizeGivesAllRowsInPortions() throws SQLException {
        try (Connection connection = cluster.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(7);
                try (ResultSet rows =
                        statement.executeQuery("SELECT g FROM generate_series(1, 100) g")) {
                    int expected = 0;
                    while (rows.next()) {
                        assertThat(rows.getInt(1)).isEqualTo(++expected);
                    }
                    assertThat(expected).isEqualTo(100);
                }
            }
        }
    }

    @Test
    void severalPortalsAreOpenAtOnce() throws SQLException {
        try (Connection connection = cluster.connect()) {
            Rows.execute(
                    connection,
                    "CREATE TABLE portal_rows (id int PRIMARY KEY, v int)",
                    "INSERT INTO portal_rows SELECT g, 0 FROM generate_series(1, 20) g");
            connection.setAutoCommit(false);
            try (PreparedStatement outer =
                            connection.prepareStatement("SELECT id FROM portal_rows ORDER BY id");
                    PreparedStatement inner =
                            connection.prepareStatement(
                                    "SELECT g FROM generate_series(1, ?) g ORDER BY g");
                    PreparedStatement update =
                            connection.prepareStatement(
                                    "UPDATE portal_rows SET v = ? WHERE id = ?")) {
                outer.setFetchSize(3);
                inner.setFetchSize(2);
                try (ResultSet ids = outer.executeQuery()) {
                    while (ids.next()) {
                        inner.setInt(1, ids.getInt(1));
                        int sum = 0;
                        try (ResultSet numbers = inner.executeQuery()) {
                            while (numbers.next()) {
                                sum += numbers.getInt(1);
                            }
                        }
                        update.setInt(1, sum);
                        update.setInt(2, ids.getInt(1));
                        assertThat(update.executeUpdate()).isEqualTo(1);
                    }
                }
            }
            connection.commit();
            assertThat(Rows.query(connection, "SELECT sum(v), max(v) FROM portal_rows"))
                    .containsExactly("1540|210");
        }
    }

    @Test
    void maxRowsEndsEarly() throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(5);
            try (ResultSet rows =
                    statement.executeQuery("SELECT g FROM generate_series(1, 100) g")) {
                assertThat(Rows.all(rows)).containsExactly("1", "2", "3", "4", "5");
            }
            assertThat(Rows.query(connection, "SELECT 'still here'")).hasSize(1);
        }
    }

    @Test
    void columnsTellTheirTypesAndOrigin() throws SQLException {
        try (Connection connection = cluster.connect()) {
            Rows.execute(
                    connection,
                    "CREATE TABLE portal_meta (id serial PRIMARY KEY, name varchar(20) NOT NULL,"
                            + " price numeric(10,2), at timestamptz)");
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "SELECT id, name AS n, price, at, id + 1, 'x' FROM portal_meta p WHERE"
                                    + " price > ?")) {
                assertThat(select.getParameterMetaData().getParameterType(1))
                        .isEqualTo(Types.NUMERIC);
                ResultSetMetaData columns = select.getMetaData();
                assertThat(columns.getColumnCount()).isEqualTo(6);
                assertThat(columns.getColumnTypeName(1)).isEqualTo("serial");
                assertThat(columns.isAutoIncrement(1)).isTrue();
                assertThat(columns.getColumnName(2)).isEqualTo("n");
                assertThat(columns.getPrecision(2)).isEqualTo(20);
                assertThat(columns.isNullable(2)).isEqualTo(ResultSetMetaData.columnNoNulls);
                assertThat(columns.getTableName(2)).isEqualTo("portal_meta");
                PGResultSetMetaData origins = (PGResultSetMetaData) columns;
                assertThat(origins.getBaseSchemaName(2)).isEqualTo("public");
                assertThat(origins.getBaseColumnName(2)).isEqualTo("name");
                assertThat(columns.getPrecision(3)).isEqualTo(10);
                assertThat(columns.getScale(3)).isEqualTo(2);
                assertThat(columns.isNullable(3)).isEqualTo(ResultSetMetaData.columnNullable);
                assertThat(columns.getColumnType(4)).isEqualTo(Types.TIMESTAMP);
                assertThat(columns.getTableName(5)).isEmpty();
                assertThat(columns.getColumnName(5)).isEqualTo("?column?");
                assertThat(columns.getColumnType(6)).isEqualTo(Types.VARCHAR);
            }
        }
    }

    /// The plan of a prepared statement is made anew when its table changes.
    @Test
    void preparedStatementsOutliveChangesOfTheirTable() throws SQLException {
        try (Connection connection = cluster.connect(Map.of("prepareThreshold", "1"))) {
            Rows.execute(
                    connection,
                    "CREATE TABLE portal_change (id int PRIMARY KEY)",
                    "INSERT INTO portal_change VALUES (1)");
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT * FROM portal_change")) {
                for (int i = 0; i < 3; i++) {
                    try (ResultSet rows = select.executeQuery()) {
                        assertThat(Rows.all(rows)).containsExactly("1");
                    }
                }
                Rows.execute(connection, "ALTER TABLE portal_change ADD COLUMN w int DEFAULT 5");
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(Rows.all(rows)).containsExactly("1|5");
                }
            }
        }
    }
}
