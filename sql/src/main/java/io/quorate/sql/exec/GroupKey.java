package io.quorate.sql.exec;

import io.quorate.sql.type.Datums;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as a key of a hash table, by the equality of their types; NULL equals NULL.
final class GroupKey {
    private final SqlType[] types;
    private final @Nullable Object[] values;
    private final int hash;

    GroupKey(SqlType[] types, @Nullable Object[] values) {
        this.types = types;
        this.values = values;
        int sum = 1;
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            sum = 31 * sum + (value == null ? 0 : Datums.hash(types[i], value));
        }
        hash = sum;
    }

    @Nullable Object[] values() {
        return values;
    }

    /// Whether one of the values is NULL.
    static boolean hasNull(@Nullable Object[] values) {
        for (Object value : values) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    static SqlType[] types(List<SqlType> types) {
        return types.toArray(SqlType[]::new);
    }

    /// The type by which values of both types can be hashed and compared for the operator `=`; null
    /// where they cannot.
    static @Nullable SqlType commonHashType(SqlType left, SqlType right) {
        if (left.sameTypeAs(right)) {
            return left;
        }
        if (isInteger(left) && isInteger(right)) {
            return SqlType.INT8;
        }
        return null;
    }

    static boolean isInteger(SqlType type) {
        TypeKind kind = type.kind();
        return kind == TypeKind.INT2 || kind == TypeKind.INT4 || kind == TypeKind.INT8;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof GroupKey that) || hash != that.hash) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            Object left = values[i];
            Object right = that.values[i];
            if (left == null || right == null) {
                if (left != right) {
                    return false;
                }
            } else if (!Datums.equal(types[i], left, right)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
