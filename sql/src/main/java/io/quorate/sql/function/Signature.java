package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// The types at one place of call, after resolution: nothing polymorphic is left.
public record Signature(List<SqlType> argumentTypes, SqlType resultType) {}
