package io.quorate.sql.exec;

import io.quorate.sql.algebra.Expr;
import io.quorate.sql.catalog.IndexDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which entries of an index to read: equal values for its first columns, then perhaps a range of the
/// next.
///
/// @param values one per column
/// @param lower null for no lower end
/// @param upper null for no upper end
/// @param conditions what the access fulfils, for EXPLAIN
public record IndexAccess(
        IndexDescriptor index,
        List<KeyValues> values,
        @Nullable Bound lower,
        @Nullable Bound upper,
        List<Expr> conditions) {

    /// The values that a column may have.
    public sealed interface KeyValues {
        record One(Computed value) implements KeyValues {}

        record Many(List<Computed> values) implements KeyValues {}

        /// Any element of an array.
        record Elements(Computed array) implements KeyValues {}
    }

    public record Bound(Computed value, boolean inclusive) {}

    /// Whether there is at most one row for each combination of values.
    public boolean isPoint() {
        return index.unique() && values.size() == index.columnIds().size();
    }
}
