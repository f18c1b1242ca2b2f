package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// A window function found for a call.
public record ResolvedWindow(
        WindowFunction function, List<SqlType> argumentTypes, SqlType resultType)
        implements Windowed {}
