package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.BoundStatement;
import io.quorate.sql.function.Functions;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds statements. Immutable, shared by all sessions.
public final class Binder {
    private final Functions functions;

    public Binder(Functions functions) {
        this.functions = functions;
    }

    /// Binds a query, INSERT, UPDATE or DELETE.
    ///
    /// @param declaredTypes of the parameters, null where the statement decides; may be shorter
    public BoundStatement bind(
            Statement statement, BindContext context, List<@Nullable SqlType> declaredTypes) {
        throw new QuorateException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "not there yet " + functions + declaredTypes);
    }
}
