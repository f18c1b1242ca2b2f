package io.quorate.sql.plan;

import io.quorate.sql.catalog.TableDescriptor;

/// What the planner knows of the data.
@FunctionalInterface
public interface Statistics {
    /// About how many rows the table has.
    double rows(TableDescriptor table);

    /// For tables of which nothing is known.
    Statistics UNKNOWN = table -> 1000;
}
