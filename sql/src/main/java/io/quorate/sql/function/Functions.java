package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlType;
import java.util.Collection;
import java.util.List;

/// The functions and aggregates, and which of them a call means. Immutable.
public final class Functions {
    private Functions() {}

    /// All that is built in.
    public static Functions builtin() {
        return new Functions();
    }

    /// By PostgreSQL's rules: the exact match, then casts, preferred types and the guess for
    /// unknown literals. 42883 where nothing fits, 42725 where more than one fits best.
    ///
    /// @param name in lower case, without schema
    /// @param argumentTypes unknown for literals that have no type yet
    public ResolvedRoutine resolve(String name, List<SqlType> argumentTypes) {
        throw new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, name + argumentTypes);
    }

    public Operators operators() {
        return new Operators();
    }

    /// Every row of `pg_proc`.
    public Collection<Routine> all() {
        return List.of();
    }
}
