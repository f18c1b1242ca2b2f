package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// An aggregate found for a call.
public record ResolvedAggregate(
        AggregateFunction function, List<SqlType> argumentTypes, SqlType resultType)
        implements Windowed {

    /// For a new group.
    public Accumulator newAccumulator() {
        return function.factory().create(new Signature(argumentTypes, resultType));
    }
}
