package io.quorate.server.cli.slt;

import java.util.List;

/// What came out of one file.
///
/// @param skipped records for other engines
/// @param failures the first ones only; `failed` counts them all
public record SltReport(
        String file, long passed, long failed, long skipped, List<Failure> failures) {
    public SltReport {
        failures = List.copyOf(failures);
    }

    /// One line: `select1.test: 1031 passed, 0 failed, 0 skipped`.
    public String summary() {
        return file + ": " + passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }

    /// @param line of the file, from 1
    public record Failure(int line, String sql, String reason) {}
}
