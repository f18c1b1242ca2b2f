package io.quorate.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;

/// COPY through the driver's CopyManager.
@ExtendWith(ClusterExtension.class)
class CopyTest {
    private final TestCluster cluster;

    CopyTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static void createTable(Connection connection, String name) throws SQLException {
        Rows.execute(connection, "CREATE TABLE " + name + " (id int PRIMARY KEY, v text)");
    }

    @Test
    void textGoesInAndOut() throws SQLException, IOException {
        try (Connection connection = cluster.connect()) {
            createTable(connection, "copy_text");
            String data = "1\tone\n2\t\\N\n3\ta\\tb\\\\c\n";
            assertThat(
                            copies(connection)
                                    .copyIn("COPY copy_text FROM STDIN", new StringReader(data)))
                    .isEqualTo(3);
            assertThat(Rows.query(connection, "SELECT * FROM copy_text ORDER BY id"))
                    .containsExactly("1|one", "2|null", "3|a\tb\\c");
            assertThat(copiedOut(connection, "COPY copy_text TO STDOUT")).isEqualTo(data);
        }
    }

    @Test
    void csvGoesInAndOut() throws SQLException, IOException {
        try (Connection connection = cluster.connect()) {
            createTable(connection, "copy_csv");
            String data = "id,v\n1,\"a \"\"b\"\", c\"\n2,\n3,\"\"\n";
            assertThat(
                            copies(connection)
                                    .copyIn(
                                            "COPY copy_csv (id, v) FROM STDIN (FORMAT csv, HEADER)",
                                            new StringReader(data)))
                    .isEqualTo(3);
            assertThat(copiedOut(connection, "COPY copy_csv TO STDOUT (FORMAT csv, HEADER)"))
                    .isEqualTo(data);
            assertThat(
                            copiedOut(
                                    connection,
                                    "COPY (SELECT id FROM copy_csv WHERE v IS NULL) TO STDOUT"))
                    .isEqualTo("2\n");
        }
    }

    private static String copiedOut(Connection connection, String sql)
            throws SQLException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copies(connection).copyOut(sql, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void manyRowsGoIn() throws SQLException, IOException {
        try (Connection connection = cluster.connect()) {
            createTable(connection, "copy_many");
            StringBuilder data = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                data.append(i).append("\tvalue ").append(i).append('\n');
            }
            copies(connection)
                    .copyIn("COPY copy_many FROM STDIN", new StringReader(data.toString()));
            assertThat(Rows.query(connection, "SELECT count(*), sum(id) FROM copy_many"))
                    .containsExactly("5000|12497500");
        }
    }

    @Test
    void aBadLineUndoesTheWholeCopy() throws SQLException {
        try (Connection connection = cluster.connect()) {
            createTable(connection, "copy_bad");
            CopyManager copies = copies(connection);
            PSQLException failed =
                    catchThrowableOfType(
                            PSQLException.class,
                            () ->
                                    copies.copyIn(
                                            "COPY copy_bad FROM STDIN",
                                            new StringReader("1\ta\nx\tb\n")));
            assertThat(failed.getSQLState()).isEqualTo("22P02");
            assertThat(failed.getServerErrorMessage().getWhere())
                    .isEqualTo("COPY copy_bad, line 2, column id: \"x\"");
            assertThat(Rows.query(connection, "SELECT count(*) FROM copy_bad"))
                    .containsExactly("0");
        }
    }

    @Test
    void aCopyCanBeGivenUp() throws SQLException {
        try (Connection connection = cluster.connect()) {
            createTable(connection, "copy_cancel");
            CopyIn in = copies(connection).copyIn("COPY copy_cancel FROM STDIN");
            byte[] line = "1\ta\n".getBytes(StandardCharsets.UTF_8);
            in.writeToCopy(line, 0, line.length);
            in.cancelCopy();
            assertThat(Rows.query(connection, "SELECT count(*) FROM copy_cancel"))
                    .containsExactly("0");
        }
    }
}
