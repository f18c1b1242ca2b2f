package io.quorate.sql.function;

import io.quorate.common.check.Check;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Wraps implementations with what every call needs: the rule for nulls and the gathering of
/// variadic arguments.
final class Calls {
    private Calls() {}

    /// @param expanded the arguments from the variadic parameter on are to be gathered to an array
    static Implementation implementation(
            SqlFunction function, List<SqlType> types, SqlType result, boolean expanded) {
        if (!expanded) {
            Implementation bound = function.binding().bind(new Signature(types, result));
            return function.strict() ? strict(bound) : bound;
        }
        int fixed = function.argumentTypes().size() - 1;
        SqlType element = types.getLast();
        SqlType array = Check.present(SqlType.arrayOf(element), "variadic types have arrays");
        List<SqlType> declared = new ArrayList<>(types.subList(0, fixed));
        declared.add(array);
        Implementation bound = function.binding().bind(new Signature(declared, result));
        Implementation gathered = gathering(bound, fixed, element);
        return function.strict() ? strictFor(gathered, fixed) : gathered;
    }

    static Implementation strict(Implementation inner) {
        return strictFor(inner, Integer.MAX_VALUE);
    }

    /// Looks at the first `count` arguments only: nulls gathered into an array are no null argument.
    private static Implementation strictFor(Implementation inner, int count) {
        return (context, arguments) -> {
            for (int i = 0; i < arguments.length && i < count; i++) {
                if (arguments[i] == null) {
                    return null;
                }
            }
            return inner.call(context, arguments);
        };
    }

    private static Implementation gathering(Implementation inner, int fixed, SqlType element) {
        return (context, arguments) -> {
            @Nullable Object[] passed = Arrays.copyOf(arguments, fixed + 1);
            passed[fixed] =
                    SqlArray.of(element, Arrays.copyOfRange(arguments, fixed, arguments.length));
            return inner.call(context, passed);
        };
    }
}
