package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlType;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operators, and which of them an expression means. Immutable.
public final class Operators {
    Operators() {}

    /// As [Functions#resolve].
    ///
    /// @param left null for a prefix operator
    public ResolvedOperator resolve(String symbol, @Nullable SqlType left, SqlType right) {
        throw new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, symbol);
    }

    public @Nullable SqlOperator byOid(int oid) {
        return null;
    }

    /// Every row of `pg_operator`.
    public Collection<SqlOperator> all() {
        return List.of();
    }
}
