package io.quorate.tests.sqllogic;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.server.cli.slt.SltReport;
import io.quorate.server.node.LocalCluster;
import io.quorate.server.node.NodeFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SQLite corpus over pgwire on a three-node cluster in this process, under its conditions for
/// PostgreSQL.
class CorpusTest {
    private static final String HOST = "127.0.0.1";

    /// SQLite gives any value a sign; PostgreSQL has no such operator for text either.
    private static final String POSTGRESQL_FAILS_TOO =
            "42883 ERROR: operator does not exist: + text";

    @TempDir private static Path data = Path.of("");
    private static LocalCluster cluster;
    private static int port;

    @BeforeAll
    static void startCluster() {
        cluster =
                LocalCluster.start(
                        3,
                        data,
                        1,
                        NodeFaults.NONE,
                        (node, reason, cause) -> {
                            throw new AssertionError(node + " halts: " + reason, cause);
                        });
        port = cluster.listen(HOST, 0, true).getFirst();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select1.test", "select2.test", "select3.test"})
    void wholeFilesPass(String file) throws IOException, SQLException {
        try (Connection connection = connect()) {
            SltReport report = Corpus.run(connection, file);
            assertThat(report.failures()).isEmpty();
            assertThat(report.failed()).isZero();
            assertThat(report.passed()).isGreaterThan(1_000);
        }
    }

    /// One file of each kind, its first records.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "index/between/10/slt_good_0.test",
                "index/commute/10/slt_good_0.test",
                "index/delete/10/slt_good_0.test",
                "index/in/10/slt_good_0.test",
                "index/orderby/10/slt_good_0.test",
                "index/orderby_nosort/10/slt_good_0.test",
                "index/random/10/slt_good_0.test",
                "random/aggregates/slt_good_0.test",
                "random/expr/slt_good_0.test",
                "random/groupby/slt_good_0.test",
                "random/select/slt_good_0.test"
            })
    void theBeginningOfASamplePasses(String file) throws IOException, SQLException {
        try (Connection connection = connect()) {
            SltReport report = Corpus.runBeginning(connection, file);
            System.out.printf(
                    "%s: %d passed, %d failed, %d skipped%n",
                    file, report.passed(), report.failed(), report.skipped());
            assertThat(report.failures())
                    .filteredOn(failure -> !failure.reason().startsWith(POSTGRESQL_FAILS_TOO))
                    .isEmpty();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + HOST + ":" + port + "/quorate?user=quorate");
    }
}
