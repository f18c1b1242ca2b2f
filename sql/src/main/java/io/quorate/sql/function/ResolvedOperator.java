package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// An operator found for an expression.
///
/// @param argumentTypes one or two: what the binder must coerce the sides to
/// @param implementation answers null for a null side of a strict operator
public record ResolvedOperator(
        SqlOperator operator,
        List<SqlType> argumentTypes,
        SqlType resultType,
        Implementation implementation) {}
