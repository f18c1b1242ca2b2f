package io.quorate.sql.function;

import static io.quorate.sql.function.Args.longAt;

import io.quorate.sql.type.SqlType;
import java.util.List;

/// Arithmetic of the integers. A result that does not fit its type is 22003, never wrapped.
final class IntegerFunctions {
    @FunctionalInterface
    private interface Operation {
        long apply(SqlType result, long left, long right);
    }

    private IntegerFunctions() {}

    static void register(Registry registry) {
        for (String types : List.of("2", "24", "42")) {
            arithmetic(registry, "int" + types, types.equals("2") ? SqlType.INT2 : SqlType.INT4);
        }
        arithmetic(registry, "int4", SqlType.INT4);
        for (String types : List.of("8", "28", "82", "48", "84")) {
            arithmetic(registry, "int" + types, SqlType.INT8);
        }
        for (SqlType type : List.of(SqlType.INT2, SqlType.INT4, SqlType.INT8)) {
            ofOneType(registry, type.name(), type);
        }
        divisors(registry, "int4", SqlType.INT4);
        divisors(registry, "int8", SqlType.INT8);
        registry.function("to_hex32", (c, a) -> Integer.toHexString(Args.intAt(a, 0)));
        registry.function("to_hex64", (c, a) -> Long.toHexString(longAt(a, 0)));
    }

    private static void arithmetic(Registry registry, String prefix, SqlType result) {
        binary(registry, prefix + "pl", result, IntegerFunctions::add);
        binary(registry, prefix + "mi", result, IntegerFunctions::subtract);
        binary(registry, prefix + "mul", result, IntegerFunctions::multiply);
        binary(registry, prefix + "div", result, IntegerFunctions::divide);
    }

    private static void ofOneType(Registry registry, String prefix, SqlType type) {
        binary(registry, prefix + "mod", type, (t, left, right) -> remainder(left, right));
        binary(registry, prefix + "and", type, (t, left, right) -> left & right);
        binary(registry, prefix + "or", type, (t, left, right) -> left | right);
        binary(registry, prefix + "xor", type, (t, left, right) -> left ^ right);
        binary(registry, prefix + "shl", type, IntegerFunctions::shiftLeft);
        binary(registry, prefix + "shr", type, IntegerFunctions::shiftRight);
        registry.function(prefix + "not", (c, a) -> ~longAt(a, 0));
        registry.function(prefix + "up", (c, a) -> longAt(a, 0));
        registry.function(prefix + "um", (c, a) -> subtract(type, 0, longAt(a, 0)));
        registry.function(
                prefix + "abs",
                (c, a) -> longAt(a, 0) < 0 ? subtract(type, 0, longAt(a, 0)) : longAt(a, 0));
    }

    private static void divisors(Registry registry, String prefix, SqlType type) {
        binary(registry, prefix + "gcd", type, IntegerFunctions::greatestCommonDivisor);
        binary(
                registry,
                prefix + "lcm",
                type,
                (t, left, right) -> {
                    if (left == 0 || right == 0) {
                        return 0;
                    }
                    long size = left / greatestCommonDivisor(t, left, right);
                    long product = multiply(t, size, right);
                    return product < 0 ? subtract(t, 0, product) : product;
                });
    }

    private static void binary(
            Registry registry, String name, SqlType result, Operation operation) {
        registry.function(name, (c, a) -> operation.apply(result, longAt(a, 0), longAt(a, 1)));
    }

    static long add(SqlType result, long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw Mistakes.outOfRange(result);
        }
        return check(result, sum);
    }

    static long subtract(SqlType result, long left, long right) {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw Mistakes.outOfRange(result);
        }
        return check(result, difference);
    }

    static long multiply(SqlType result, long left, long right) {
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        if (high != low >> 63) {
            throw Mistakes.outOfRange(result);
        }
        return check(result, low);
    }

    static long divide(SqlType result, long left, long right) {
        if (right == 0) {
            throw Mistakes.divisionByZero();
        }
        if (right == -1) {
            return subtract(result, 0, left);
        }
        return left / right;
    }

    private static long remainder(long left, long right) {
        if (right == 0) {
            throw Mistakes.divisionByZero();
        }
        return right == -1 ? 0 : left % right;
    }

    /// The machine shifts by the count's lowest bits, and so does PostgreSQL.
    private static long shiftLeft(SqlType type, long value, long count) {
        return switch (type.kind()) {
            case INT2 -> (short) ((int) value << (int) count);
            case INT4 -> (int) value << (int) count;
            default -> value << count;
        };
    }

    private static long shiftRight(SqlType type, long value, long count) {
        return switch (type.kind()) {
            case INT2, INT4 -> (int) value >> (int) count;
            default -> value >> count;
        };
    }

    private static long greatestCommonDivisor(SqlType type, long left, long right) {
        // In negative numbers, of which there is one more.
        long a = left > 0 ? -left : left;
        long b = right > 0 ? -right : right;
        while (b != 0) {
            long rest = b == -1 ? 0 : a % b;
            a = b;
            b = rest;
        }
        return subtract(type, 0, a);
    }

    /// Of a value that did not overflow 64 bits.
    static long check(SqlType type, long value) {
        boolean fits =
                switch (type.kind()) {
                    case INT2 -> value == (short) value;
                    case INT4 -> value == (int) value;
                    default -> true;
                };
        if (!fits) {
            throw Mistakes.outOfRange(type);
        }
        return value;
    }
}
