package io.quorate.sql.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which type goes to which, when, and how: `pg_cast` for the built-in types, the conversions by
/// way of text, and the fitting of values to type modifiers.
public final class Casts {
    private Casts() {}

    /// The way to `target`, its modifier included, or null where the context allows none. From
    /// `unknown` there is a way to every type.
    public static @Nullable Coercion find(SqlType source, SqlType target, CastContext context) {
        throw Unfinished.door();
    }

    /// Whether [#find] has a way, disregarding modifiers (PostgreSQL's `can_coerce_type`).
    public static boolean canCoerce(SqlType source, SqlType target, CastContext context) {
        throw Unfinished.door();
    }

    /// As [#canCoerce(SqlType, SqlType, CastContext)] for a whole list; `target` may hold the
    /// polymorphic types.
    public static boolean canCoerce(
            List<SqlType> sources, List<SqlType> targets, CastContext context) {
        throw Unfinished.door();
    }

    /// Whether a value of `source` is as it stands one of `target` (PostgreSQL's
    /// `IsBinaryCoercible`).
    public static boolean isBinaryCoercible(SqlType source, SqlType target) {
        throw Unfinished.door();
    }

    /// Fits a value of the type to the type's modifier. Not explicit (an assignment): what does not
    /// fit is 22001 or 22003. Explicit: strings are cut.
    public static Object coerceToTypmod(SqlType type, Object value, boolean explicit) {
        throw Unfinished.door();
    }
}
