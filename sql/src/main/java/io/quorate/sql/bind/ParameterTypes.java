package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The types of `$1` and so on: declared, or settled by the first place that asks for one.
final class ParameterTypes {
    private final List<@Nullable SqlType> types;

    ParameterTypes(List<@Nullable SqlType> declared) {
        this.types = new ArrayList<>(declared);
        types.replaceAll(type -> type != null && type.sameTypeAs(SqlType.UNKNOWN) ? null : type);
    }

    /// A reference to the parameter; unknown while nothing is settled.
    ///
    /// @param number from 1
    Expr.Parameter reference(int number) {
        while (types.size() < number) {
            types.add(null);
        }
        SqlType type = types.get(number - 1);
        return new Expr.Parameter(number - 1, type == null ? SqlType.UNKNOWN : type);
    }

    /// Gives an unknown parameter its type. 42P08 where another place gave it another.
    Expr.Parameter settle(int index, SqlType wanted, int position) {
        SqlType type = wanted.withTypmod(-1);
        SqlType settled = types.get(index);
        if (settled == null) {
            types.set(index, type);
        } else if (!settled.sameTypeAs(type)) {
            throw Errors.error(
                            ErrorCode.AMBIGUOUS_PARAMETER,
                            "inconsistent types deduced for parameter $" + (index + 1),
                            position)
                    .withDetail(settled.format() + " versus " + type.format());
        }
        return new Expr.Parameter(index, type);
    }

    /// All types; 42P18 where one was never settled.
    List<SqlType> finished() {
        List<SqlType> finished = new ArrayList<>();
        for (SqlType type : types) {
            if (type == null) {
                throw Errors.error(
                        ErrorCode.INDETERMINATE_DATATYPE,
                        "could not determine data type of parameter $" + (finished.size() + 1),
                        0);
            }
            finished.add(type);
        }
        return List.copyOf(finished);
    }
}
