package io.quorate.sql.plan;

import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import org.jspecify.annotations.Nullable;

/// Which equalities a hash table can answer.
final class Hashing {
    private Hashing() {}

    /// The type whose hash and equality serve `left = right`; null where there is none.
    static @Nullable SqlType commonType(SqlType left, SqlType right) {
        if (left.sameTypeAs(right)) {
            return left;
        }
        return isInteger(left) && isInteger(right) ? SqlType.INT8 : null;
    }

    private static boolean isInteger(SqlType type) {
        TypeKind kind = type.kind();
        return kind == TypeKind.INT2 || kind == TypeKind.INT4 || kind == TypeKind.INT8;
    }
}
