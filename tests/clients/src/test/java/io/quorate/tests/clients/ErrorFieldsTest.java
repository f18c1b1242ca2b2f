package io.quorate.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What an error tells beside its message.
@ExtendWith(ClusterExtension.class)
class ErrorFieldsTest {
    private final TestCluster cluster;

    ErrorFieldsTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    private static ServerErrorMessage error(Connection connection, String sql) {
        PSQLException failed =
                catchThrowableOfType(PSQLException.class, () -> Rows.execute(connection, sql));
        ServerErrorMessage message = failed.getServerErrorMessage();
        assertThat(message).isNotNull();
        return message;
    }

    @Test
    void violationsNameTheirConstraint() throws SQLException {
        try (Connection connection = cluster.connect()) {
            Rows.execute(
                    connection,
                    "CREATE TABLE error_rows (id int PRIMARY KEY, mail text CONSTRAINT one_mail"
                            + " UNIQUE, age int NOT NULL CHECK (age >= 0))",
                    "INSERT INTO error_rows VALUES (1, 'a', 1)");
            ServerErrorMessage twice =
                    error(connection, "INSERT INTO error_rows VALUES (2, 'a', 1)");
            assertThat(twice.getSQLState()).isEqualTo("23505");
            assertThat(twice.getSchema()).isEqualTo("public");
            assertThat(twice.getTable()).isEqualTo("error_rows");
            assertThat(twice.getConstraint()).isEqualTo("one_mail");
            assertThat(twice.getDetail()).isEqualTo("Key (mail)=(a) already exists.");
            ServerErrorMessage noAge = error(connection, "INSERT INTO error_rows VALUES (2, 'b')");
            assertThat(noAge.getSQLState()).isEqualTo("23502");
            assertThat(noAge.getTable()).isEqualTo("error_rows");
            assertThat(noAge.getColumn()).isEqualTo("age");
            assertThat(noAge.getDetail()).isEqualTo("Failing row contains (2, b, null).");
            ServerErrorMessage negative = error(connection, "UPDATE error_rows SET age = -1");
            assertThat(negative.getSQLState()).isEqualTo("23514");
            assertThat(negative.getConstraint()).isEqualTo("error_rows_age_check");
            assertThat(negative.getDetail()).isEqualTo("Failing row contains (1, a, -1).");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SELECT nope FROM pg_class                                   | 42703 | 8
                    SELECT 1 FROM nowhere                                       | 42P01 | 15
                    SELECT 1 +                                                  | 42601 | 11
                    SELECT foo(1)                                               | 42883 | 8
                    SELECT oid FROM pg_class WHERE row_number() OVER () = 1     | 42P20 | 32
                    SELECT sum(oid::int) OVER w FROM pg_class                   | 42704 | 27
                    SELECT row_number() FROM pg_class                           | 42809 | 8
                    SELECT sum(count(*) OVER ()) FROM pg_class                  | 42803 | 12
                    SELECT sum(count(*) OVER ()) OVER () FROM pg_class          | 42P20 | 12
                    SELECT count(*) OVER (RANGE 1 PRECEDING) FROM pg_class      | 42P20 | 22
                    SELECT count(*) OVER (GROUPS 1 PRECEDING) FROM pg_class     | 42P20 | 22
                    SELECT count(*) OVER (ROWS UNBOUNDED FOLLOWING) FROM pg_am  | 42P20 | 28
                    SELECT count(*) OVER (ROWS oid PRECEDING) FROM pg_am        | 42P10 | 28
                    SELECT count(*) OVER (ORDER BY amname RANGE 1 PRECEDING) FROM pg_am | 0A000 | 45
                    SELECT count(*) OVER (ROWS oid::int PRECEDING) FROM pg_am   | 42P10 | 28
                    SELECT count(*) OVER (w) FROM pg_am WINDOW w AS (ROWS 1 PRECEDING) | 42P20 | 22
                    SELECT 1 FROM pg_am WINDOW w AS (), w AS ()                 | 42P20 | 42
                    """)
    void mistakesAreShownWhereTheyStand(String sql, String state, int position)
            throws SQLException {
        try (Connection connection = cluster.connect()) {
            ServerErrorMessage mistake = error(connection, sql);
            assertThat(mistake.getSQLState()).isEqualTo(state);
            assertThat(mistake.getPosition()).isEqualTo(position);
        }
    }

    /// A statement that is too deep fails alone.
    @Test
    void anEndlessSumDoesNotEndTheConnection() throws SQLException {
        try (Connection connection = cluster.connect()) {
            ServerErrorMessage tooDeep = error(connection, "SELECT 1" + " + 1".repeat(20_000));
            assertThat(tooDeep.getSQLState()).isEqualTo("54001");
            assertThat(Rows.query(connection, "SELECT 1")).containsExactly("1");
        }
    }
}
