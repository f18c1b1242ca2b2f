package io.quorate.sql.function;

import io.quorate.common.check.Check;
import io.quorate.sql.type.SqlType;
import java.util.List;
import java.util.Locale;

/// A function that looks at the rows around a row; every aggregate can be called as one too.
public record WindowFunction(int oid, String name, List<SqlType> argumentTypes, SqlType resultType)
        implements Routine {

    /// What it computes; the executor's business.
    public enum Kind {
        ROW_NUMBER,
        RANK,
        DENSE_RANK,
        PERCENT_RANK,
        CUME_DIST,
        NTILE,
        LAG,
        LEAD,
        FIRST_VALUE,
        LAST_VALUE,
        NTH_VALUE
    }

    public WindowFunction {
        Check.that(!argumentTypes.contains(SqlType.ANY), "%s has exact arguments", name);
    }

    public Kind kind() {
        return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public boolean variadic() {
        return false;
    }
}
