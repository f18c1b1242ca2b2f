package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one type to which several expressions are brought.
public final class CommonType {
    private CommonType() {}

    /// The type of CASE, COALESCE, UNION, VALUES, ARRAY[…] and IN; `text` where all are unknown.
    /// 42804 where the types are of different categories.
    ///
    /// @param context for the message: `CASE`, `UNION`, `VALUES`, …
    public static SqlType select(List<SqlType> types, String context) {
        return types.getFirst();
    }

    /// The modifier that all the types share, -1 where they differ.
    public static int typmod(List<SqlType> types, SqlType common) {
        return common.typmod();
    }

    /// As [#select], null instead of an error.
    public static @Nullable SqlType selectOrNull(List<SqlType> types) {
        return types.getFirst();
    }
}
