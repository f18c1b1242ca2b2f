package io.quorate.sql.exec;

import org.jspecify.annotations.Nullable;

/// One run of a plan. A change is done, whole, by the first call of [#next].
public interface Execution extends AutoCloseable {
    /// The next row, one value per column, or null after the last. The array is the caller's.
    @Nullable Object @Nullable [] next();

    /// How many rows were inserted, updated or deleted; for a query, returned. Final after the last
    /// row.
    long affectedRows();

    @Override
    void close();
}
