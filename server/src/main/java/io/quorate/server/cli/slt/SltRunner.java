package io.quorate.server.cli.slt;

import java.io.IOException;
import java.io.Reader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs the records of a file in order over one connection in autocommit. Tables and views that the
/// file created are dropped at its end, so that files can follow each other in one database;
/// nothing
/// else of the database is touched.
public final class SltRunner {
    /// Under this name the records for PostgreSQL apply.
    public static final String ENGINE = "postgresql";

    private static final Pattern CREATE =
            Pattern.compile(
                    "\\s*CREATE\\s+(?:TEMP\\s+|TEMPORARY\\s+)?(TABLE|VIEW)\\s+"
                            + "(?:IF\\s+NOT\\s+EXISTS\\s+)?([\\w.\"]+)",
                    Pattern.CASE_INSENSITIVE);
    private static final int VALUES_SHOWN = 8;

    private final Connection connection;
    private final int failuresKept;

    /// Owns nothing: the connection stays open.
    public SltRunner(Connection connection, int failuresKept) {
        this.connection = connection;
        this.failuresKept = failuresKept;
    }

    /// Runs all records, whatever fails; a lost connection or a malformed file ends it.
    public SltReport run(String file, Reader source) throws IOException, SQLException {
        Run run = new Run(file, new SltReader(source, ENGINE));
        try (Statement statement = connection.createStatement()) {
            run.all(statement);
            run.dropCreated(statement);
        }
        return run.report();
    }

    private final class Run {
        private final String file;
        private final SltReader reader;
        private final Map<String, String> hashByLabel = new HashMap<>();
        private final List<String> drops = new ArrayList<>();
        private final List<SltReport.Failure> failures = new ArrayList<>();
        private long passed;
        private long failed;

        Run(String file, SltReader reader) {
            this.file = file;
            this.reader = reader;
        }

        SltReport report() {
            return new SltReport(file, passed, failed, reader.skipped(), failures);
        }

        void all(Statement statement) throws IOException, SQLException {
            for (SltRecord record = reader.next(); record != null; record = reader.next()) {
                switch (record) {
                    case SltRecord.Statement each ->
                            count(each.line(), each.sql(), execute(statement, each));
                    case SltRecord.Query each ->
                            count(each.line(), each.sql(), query(statement, each));
                }
            }
        }

        void dropCreated(Statement statement) throws SQLException {
            for (String drop : drops.reversed()) {
                statement.execute(drop);
            }
        }

        private void count(int line, String sql, @Nullable String failure) {
            if (failure == null) {
                passed++;
                return;
            }
            failed++;
            if (failures.size() < failuresKept) {
                failures.add(new SltReport.Failure(line, sql, failure));
            }
        }

        /// Null if it did what it should; else why not.
        private @Nullable String execute(Statement statement, SltRecord.Statement record)
                throws SQLException {
            try {
                statement.execute(record.sql());
            } catch (SQLException error) {
                refuseLostConnection(error);
                return record.succeeds() ? describe(error) : null;
            }
            Matcher created = CREATE.matcher(record.sql());
            if (created.lookingAt()) {
                drops.add("DROP " + created.group(1) + " IF EXISTS " + created.group(2));
            }
            return record.succeeds() ? null : "an error was expected";
        }

        private @Nullable String query(Statement statement, SltRecord.Query record)
                throws SQLException {
            List<String> values;
            try (ResultSet rows = statement.executeQuery(record.sql())) {
                int columns = rows.getMetaData().getColumnCount();
                if (columns != record.types().length()) {
                    return record.types().length() + " columns expected, " + columns + " came";
                }
                values = SltValues.read(rows, record.types(), record.sort());
            } catch (SQLException error) {
                refuseLostConnection(error);
                return describe(error);
            }
            String mismatch = compare(record.expected(), values);
            return mismatch != null ? mismatch : compareLabel(record.label(), values);
        }

        private @Nullable String compareLabel(@Nullable String label, List<String> values) {
            if (label == null) {
                return null;
            }
            String hash = SltValues.hash(values);
            String first = hashByLabel.putIfAbsent(label, hash);
            return first == null || first.equals(hash)
                    ? null
                    : "label " + label + " had " + first + " before, now " + hash;
        }
    }

    private static @Nullable String compare(List<String> expected, List<String> values) {
        boolean hashed =
                expected.size() == 1 && expected.getFirst().contains(" values hashing to ");
        if (hashed) {
            String hash = SltValues.hash(values);
            return hash.equals(expected.getFirst())
                    ? null
                    : expected.getFirst() + " expected, " + hash + " came: " + shown(values);
        }
        return expected.equals(values)
                ? null
                : shown(expected) + " expected, " + shown(values) + " came";
    }

    private static String shown(List<String> values) {
        return values.size() <= VALUES_SHOWN
                ? values.toString()
                : values.subList(0, VALUES_SHOWN)
                        + " and "
                        + (values.size() - VALUES_SHOWN)
                        + " more";
    }

    private static String describe(SQLException error) {
        return error.getSQLState() + " " + error.getMessage();
    }

    /// Class 08: no record after this one can run.
    private static void refuseLostConnection(SQLException error) throws SQLException {
        String state = error.getSQLState();
        if (state != null && state.startsWith("08")) {
            throw error;
        }
    }
}
