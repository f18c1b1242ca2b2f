package io.quorate.server.cli.slt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One record of a file that applies to the engine it is read for.
public sealed interface SltRecord {
    /// The line of the file, from 1, at which the record starts.
    int line();

    /// `statement ok`, `statement error`.
    record Statement(boolean succeeds, String sql, int line) implements SltRecord {}

    /// `query III rowsort label`.
    ///
    /// @param types one letter for each column: I, R or T
    /// @param label queries of one label have equal results; null if it has none
    /// @param expected the values, or one line `30 values hashing to …`
    record Query(
            String types,
            Sort sort,
            @Nullable String label,
            String sql,
            List<String> expected,
            int line)
            implements SltRecord {
        public Query {
            expected = List.copyOf(expected);
        }
    }

    /// How values are ordered before they are compared.
    enum Sort {
        NOSORT,
        ROWSORT,
        VALUESORT
    }
}
