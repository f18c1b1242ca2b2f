package io.quorate.tests.sqllogic;

import io.quorate.server.cli.slt.SltReport;
import io.quorate.server.cli.slt.SltRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The files of the SQLite corpus as they lie in the jar `net.hydromatic:sql-logic-test`, of which
/// nothing but these resources is used.
final class Corpus {
    private static final int FAILURES_KEPT = 5;

    /// About 500 records of most files.
    private static final int BEGINNING_CHARS = 80_000;

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

    /// Runs the first records of a file.
    static SltReport runBeginning(Connection connection, String path)
            throws IOException, SQLException {
        String resource = "/test/" + path;
        try (Reader source = open(resource)) {
            char[] beginning = new char[BEGINNING_CHARS];
            int length = 0;
            for (int count = source.read(beginning, 0, BEGINNING_CHARS);
                    count > 0;
                    count = source.read(beginning, length, BEGINNING_CHARS - length)) {
                length += count;
            }
            String text = new String(beginning, 0, length);
            int lastRecord = text.lastIndexOf("\n\n");
            String whole = length < BEGINNING_CHARS ? text : text.substring(0, lastRecord + 2);
            return new SltRunner(connection, FAILURES_KEPT).run(resource, new StringReader(whole));
        }
    }

    /// Runs any resource of the class path.
    static SltReport runResource(Connection connection, String resource)
            throws IOException, SQLException {
        try (Reader source = open(resource)) {
            return new SltRunner(connection, FAILURES_KEPT).run(resource, source);
        }
    }

    private static Reader open(String resource) {
        @Nullable InputStream bytes = Corpus.class.getResourceAsStream(resource);
        if (bytes == null) {
            throw new IllegalArgumentException("no file " + resource + " on the class path");
        }
        return new InputStreamReader(bytes, StandardCharsets.UTF_8);
    }
}
