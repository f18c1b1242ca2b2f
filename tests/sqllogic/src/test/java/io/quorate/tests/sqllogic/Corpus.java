package io.quorate.tests.sqllogic;

import io.quorate.server.cli.slt.SltReport;
import io.quorate.server.cli.slt.SltRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The files of the SQLite corpus as they lie in the jar `net.hydromatic:sql-logic-test`, of which
/// nothing but these resources is used.
final class Corpus {
    private static final int FAILURES_KEPT = 5;

    private Corpus() {}

    /// Whether the jar is on the class path.
    static boolean isPresent() {
        return Corpus.class.getResource("/test/select1.test") != null;
    }

    /// Runs a file by its path in the corpus, such as `select1.test` or
    /// `index/in/10/slt_good_0.test`.
    static SltReport run(Connection connection, String path) throws IOException, SQLException {
        return runResource(connection, "/test/" + path);
    }

    /// Runs any resource of the class path.
    static SltReport runResource(Connection connection, String resource)
            throws IOException, SQLException {
        @Nullable InputStream bytes = Corpus.class.getResourceAsStream(resource);
        if (bytes == null) {
            throw new IllegalArgumentException("no file " + resource + " on the class path");
        }
        try (Reader source = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            return new SltRunner(connection, FAILURES_KEPT).run(resource, source);
        }
    }
}
