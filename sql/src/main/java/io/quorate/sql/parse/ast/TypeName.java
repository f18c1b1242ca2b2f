package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A type as written. The spellings that are grammar are already turned into catalogue names, as
/// PostgreSQL does: `int` is `pg_catalog.int4`, `char` is `pg_catalog.bpchar` with the modifier 1,
/// `float(24)` is `pg_catalog.float4`, `timestamp with time zone` is `pg_catalog.timestamptz`.
///
/// @param modifiers what stands in brackets behind the name, unevaluated
/// @param arrayBounds one element per `[]`, [#UNBOUNDED] where it has no figure
/// @param intervalFields the fields of `interval year to month`; null for all others
/// @param setOf `SETOF`, in functions' column definitions only
public record TypeName(
        QualifiedName name,
        List<Expression> modifiers,
        List<Integer> arrayBounds,
        @Nullable IntervalFields intervalFields,
        boolean setOf,
        int position)
        implements Node {
    /// A pair of brackets without a figure.
    public static final int UNBOUNDED = -1;

    public TypeName {
        modifiers = List.copyOf(modifiers);
        arrayBounds = List.copyOf(arrayBounds);
    }

    /// A plain type of `pg_catalog`.
    public static TypeName system(String name, int position) {
        return new TypeName(
                QualifiedName.system(name, position), List.of(), List.of(), null, false, position);
    }

    public boolean isArray() {
        return !arrayBounds.isEmpty();
    }

    /// What an interval keeps. The precision of its seconds is in the modifiers.
    public enum IntervalFields {
        YEAR("year"),
        MONTH("month"),
        DAY("day"),
        HOUR("hour"),
        MINUTE("minute"),
        SECOND("second"),
        YEAR_TO_MONTH("year to month"),
        DAY_TO_HOUR("day to hour"),
        DAY_TO_MINUTE("day to minute"),
        DAY_TO_SECOND("day to second"),
        HOUR_TO_MINUTE("hour to minute"),
        HOUR_TO_SECOND("hour to second"),
        MINUTE_TO_SECOND("minute to second");

        private final String sql;

        IntervalFields(String sql) {
            this.sql = sql;
        }

        public String sql() {
            return sql;
        }
    }
}
