package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/// A row of `pg_operator`.
///
/// @param left null for a prefix operator
/// @param commutatorOid the operator that takes the sides the other way round, 0 for none
/// @param negatorOid the operator that says the opposite, 0 for none
public record SqlOperator(
        int oid,
        String symbol,
        @Nullable SqlType left,
        SqlType right,
        SqlType resultType,
        SqlFunction function,
        int commutatorOid,
        int negatorOid) {}
