package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// A function found for a call.
///
/// @param implementation takes the arguments of the call one by one, gathers those of a variadic
///     parameter itself and answers null for a null argument of a strict function
public record ResolvedFunction(
        SqlFunction function,
        List<SqlType> argumentTypes,
        SqlType resultType,
        Implementation implementation)
        implements ResolvedRoutine {}
