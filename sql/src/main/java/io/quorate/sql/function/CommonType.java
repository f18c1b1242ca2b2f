package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeCategory;
import io.quorate.sql.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one type to which several expressions are brought.
public final class CommonType {
    private CommonType() {}

    /// The type of CASE, COALESCE, UNION, VALUES, ARRAY[…] and IN; `text` where all are unknown.
    /// 42804 where the types are of different categories, 42846 where one does not go to the
    /// other.
    ///
    /// @param context for the message: `CASE`, `UNION`, `VALUES`, …
    public static SqlType select(List<SqlType> types, String context) {
        SqlType common = choose(types, context);
        for (SqlType type : types) {
            if (!Casts.canCoerce(type, common, CastContext.IMPLICIT)) {
                throw new QuorateException(
                        ErrorCode.CANNOT_COERCE,
                        context
                                + " could not convert type "
                                + plain(type).format()
                                + " to "
                                + common.format());
            }
        }
        return common;
    }

    /// The modifier that all the types share, -1 where they differ or one is not the common type.
    public static int typmod(List<SqlType> types, SqlType common) {
        int typmod = types.isEmpty() ? -1 : types.getFirst().typmod();
        for (SqlType type : types) {
            if (!type.sameTypeAs(common) || type.typmod() != typmod) {
                return -1;
            }
        }
        return typmod;
    }

    /// As [#select], null instead of an error.
    public static @Nullable SqlType selectOrNull(List<SqlType> types) {
        SqlType common = choose(types, null);
        if (common.kind() == TypeKind.UNKNOWN) {
            return null;
        }
        for (SqlType type : types) {
            if (!Casts.canCoerce(type, common, CastContext.IMPLICIT)) {
                return null;
            }
        }
        return common;
    }

    /// PostgreSQL's `select_common_type`: the first known type, given up for a later one of the
    /// same category that it goes to and that does not go back, unless it is already preferred.
    /// Without a context a conflict of categories answers `unknown`.
    private static SqlType choose(List<SqlType> types, @Nullable String context) {
        SqlType first = types.getFirst();
        if (allSame(types) && first.kind() != TypeKind.UNKNOWN) {
            return plain(first);
        }
        SqlType chosen = SqlType.UNKNOWN;
        for (SqlType type : types) {
            if (type.kind() == TypeKind.UNKNOWN || type.sameTypeAs(chosen)) {
                continue;
            }
            if (chosen.kind() == TypeKind.UNKNOWN) {
                chosen = plain(type);
            } else if (type.category() != chosen.category()) {
                if (context == null) {
                    return SqlType.UNKNOWN;
                }
                throw new QuorateException(
                        ErrorCode.DATATYPE_MISMATCH,
                        context
                                + " types "
                                + chosen.format()
                                + " and "
                                + plain(type).format()
                                + " cannot be matched");
            } else if (!chosen.preferred()
                    && Casts.canCoerce(chosen, type, CastContext.IMPLICIT)
                    && !Casts.canCoerce(type, chosen, CastContext.IMPLICIT)) {
                chosen = plain(type);
            }
        }
        return chosen.category() == TypeCategory.UNKNOWN ? SqlType.TEXT : chosen;
    }

    private static boolean allSame(List<SqlType> types) {
        for (SqlType type : types) {
            if (!type.sameTypeAs(types.getFirst())) {
                return false;
            }
        }
        return true;
    }

    private static SqlType plain(SqlType type) {
        return type.withTypmod(-1);
    }
}
