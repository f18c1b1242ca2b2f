package io.quorate.tests.sqllogic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quorate.server.cli.slt.SltReport;
import io.quorate.server.cli.slt.SltUrl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The runner itself, judged by a PostgreSQL that is known to be right:
/// `-Dquorate.slt.postgresql=postgresql://user@host:port/db` names one with an empty database.
class PostgresqlOracleTest {
    private static final String PROPERTY = "quorate.slt.postgresql";

    private String url = "";

    @BeforeEach
    void needsAPostgresql() {
        url = System.getProperty(PROPERTY, "");
        assumeThat(url).as("SKIPPED: no PostgreSQL in -D" + PROPERTY).isNotEmpty();
    }

    @Test
    void everyRecordOfOurOwnFilePasses() throws IOException, SQLException {
        try (Connection connection = connect()) {
            SltReport report = Corpus.runResource(connection, "/slt/runner.slt");
            assertThat(report.failures()).isEmpty();
            assertThat(report.passed()).isEqualTo(16);
            assertThat(report.skipped()).isEqualTo(2);
        }
    }

    @Test
    void wrongRecordsFailEachForItsOwnReason() throws IOException, SQLException {
        try (Connection connection = connect()) {
            SltReport report = Corpus.runResource(connection, "/slt/failing.slt");
            assertThat(report.passed()).isEqualTo(1);
            assertThat(report.failed()).isEqualTo(report.failures().size()).isEqualTo(5);
            assertThat(report.failures())
                    .extracting(SltReport.Failure::reason)
                    .satisfiesExactly(
                            reason -> assertThat(reason).isEqualTo("[2] expected, [1] came"),
                            reason -> assertThat(reason).startsWith("42P01 "),
                            reason -> assertThat(reason).isEqualTo("an error was expected"),
                            reason -> assertThat(reason).isEqualTo("2 columns expected, 1 came"),
                            reason -> assertThat(reason).startsWith("label one had "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select1.test", "select2.test", "select3.test"})
    void theCorpusPassesOnPostgresql(String file) throws IOException, SQLException {
        assumeThat(Corpus.isPresent()).as("SKIPPED: the corpus is not there").isTrue();
        try (Connection connection = connect()) {
            SltReport report = Corpus.run(connection, file);
            assertThat(report.failures()).isEmpty();
            assertThat(report.failed()).isZero();
            assertThat(report.passed()).isGreaterThan(1_000);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(SltUrl.toJdbc(url));
    }
}
