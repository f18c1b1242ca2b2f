package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// A function that is called once per row.
///
/// @param strict a null argument makes the result null without a call
/// @param returnsSet the result is a set of `resultType`
/// @param binding makes the implementation for the types of one place of call
public record SqlFunction(
        int oid,
        String name,
        List<SqlType> argumentTypes,
        boolean variadic,
        SqlType resultType,
        boolean strict,
        Volatility volatility,
        boolean returnsSet,
        Binding binding)
        implements Routine {

    /// Gives the implementation once the types are known.
    @FunctionalInterface
    public interface Binding {
        Implementation bind(Signature signature);
    }
}
