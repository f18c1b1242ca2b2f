package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// A function over the rows of a group.
///
/// @param factory makes the accumulator of one group
public record AggregateFunction(
        int oid,
        String name,
        List<SqlType> argumentTypes,
        boolean variadic,
        SqlType resultType,
        Factory factory)
        implements Routine {

    /// Makes accumulators once the types are known.
    @FunctionalInterface
    public interface Factory {
        Accumulator create(Signature signature);
    }
}
