package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// What a call such as `f(a, b)` means.
public sealed interface ResolvedRoutine
        permits ResolvedFunction, Windowed, ResolvedRoutine.TypeConversion {
    /// One per argument of the call: what the binder must coerce it to. `any` takes it as it is.
    List<SqlType> argumentTypes();

    SqlType resultType();

    /// The name is that of a type and the call a cast, as in `int8(x)`.
    record TypeConversion(SqlType source, SqlType resultType) implements ResolvedRoutine {
        @Override
        public List<SqlType> argumentTypes() {
            return List.of(source);
        }
    }
}
