package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// What `pg_proc` has a row for. Functions, aggregates and window functions
/// share one space of names.
public sealed interface Routine permits SqlFunction, AggregateFunction, WindowFunction {
    int oid();

    String name();

    /// As declared; a variadic routine's last one is the array (or `any`).
    List<SqlType> argumentTypes();

    boolean variadic();

    /// As declared; may be polymorphic.
    SqlType resultType();
}
