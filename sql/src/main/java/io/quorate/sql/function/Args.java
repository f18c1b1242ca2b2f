package io.quorate.sql.function;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.sql.type.Interval;
import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.SqlArray;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The arguments of a strict function, by their Java classes.
final class Args {
    private Args() {}

    static Object present(@Nullable Object[] arguments, int index) {
        return Objects.requireNonNull(arguments[index]);
    }

    static long longAt(@Nullable Object[] arguments, int index) {
        return (Long) present(arguments, index);
    }

    static int intAt(@Nullable Object[] arguments, int index) {
        return ((Long) present(arguments, index)).intValue();
    }

    /// Of a float4 or float8.
    static double doubleAt(@Nullable Object[] arguments, int index) {
        return ((Number) present(arguments, index)).doubleValue();
    }

    static float floatAt(@Nullable Object[] arguments, int index) {
        return (Float) present(arguments, index);
    }

    static Numeric numericAt(@Nullable Object[] arguments, int index) {
        return (Numeric) present(arguments, index);
    }

    static String textAt(@Nullable Object[] arguments, int index) {
        return (String) present(arguments, index);
    }

    static boolean booleanAt(@Nullable Object[] arguments, int index) {
        return (Boolean) present(arguments, index);
    }

    static ByteSlice bytesAt(@Nullable Object[] arguments, int index) {
        return (ByteSlice) present(arguments, index);
    }

    static Interval intervalAt(@Nullable Object[] arguments, int index) {
        return (Interval) present(arguments, index);
    }

    static SqlArray arrayAt(@Nullable Object[] arguments, int index) {
        return (SqlArray) present(arguments, index);
    }
}
