package io.quorate.sql.function;

import static io.quorate.sql.function.Args.doubleAt;
import static io.quorate.sql.function.Args.floatAt;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Arithmetic and mathematics of float4 and float8. An infinity that no argument held is 22003,
/// and so is a zero that the true result is not.
final class FloatFunctions {
    private FloatFunctions() {}

    static void register(Registry registry) {
        single(registry);
        for (String prefix : new String[] {"float8", "float48", "float84"}) {
            binary(registry, prefix + "pl", (a, b) -> checkOverflow(a + b, a, b));
            binary(registry, prefix + "mi", (a, b) -> checkOverflow(a - b, a, b));
            binary(registry, prefix + "mul", FloatFunctions::multiply);
            binary(registry, prefix + "div", FloatFunctions::divide);
        }
        unary(registry, "float8um", a -> -a);
        unary(registry, "float8up", a -> a);
        unary(registry, "float8abs", Math::abs);
        rounding(registry);
        powers(registry);
        angles(registry);
        registry.function("drandom", (c, a) -> c.random().nextDouble());
        registry.function("width_bucket_float8", (c, a) -> widthBucket(a));
    }

    /// float4 with float4 is reckoned as float4.
    private static void single(Registry registry) {
        registry.function("float4pl", (c, a) -> checkSingle(floatAt(a, 0) + floatAt(a, 1), a));
        registry.function("float4mi", (c, a) -> checkSingle(floatAt(a, 0) - floatAt(a, 1), a));
        registry.function(
                "float4mul",
                (c, a) -> {
                    float product = floatAt(a, 0) * floatAt(a, 1);
                    if (product == 0 && floatAt(a, 0) != 0 && floatAt(a, 1) != 0) {
                        throw Mistakes.floatUnderflow();
                    }
                    return checkSingle(product, a);
                });
        registry.function(
                "float4div",
                (c, a) -> {
                    float dividend = floatAt(a, 0);
                    float divisor = floatAt(a, 1);
                    if (divisor == 0 && !Float.isNaN(dividend)) {
                        throw Mistakes.divisionByZero();
                    }
                    float quotient = dividend / divisor;
                    if (Float.isInfinite(quotient) && !Float.isInfinite(dividend)) {
                        throw Mistakes.floatOverflow();
                    }
                    if (quotient == 0 && dividend != 0 && !Float.isInfinite(divisor)) {
                        throw Mistakes.floatUnderflow();
                    }
                    return quotient;
                });
        registry.function("float4um", (c, a) -> -floatAt(a, 0));
        registry.function("float4up", (c, a) -> floatAt(a, 0));
        registry.function("float4abs", (c, a) -> Math.abs(floatAt(a, 0)));
    }

    private static float checkSingle(float result, @Nullable Object[] a) {
        if (Float.isInfinite(result)
                && !Float.isInfinite(floatAt(a, 0))
                && !Float.isInfinite(floatAt(a, 1))) {
            throw Mistakes.floatOverflow();
        }
        return result;
    }

    static double checkOverflow(double result, double left, double right) {
        if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw Mistakes.floatOverflow();
        }
        return result;
    }

    static double multiply(double left, double right) {
        double product = checkOverflow(left * right, left, right);
        if (product == 0 && left != 0 && right != 0) {
            throw Mistakes.floatUnderflow();
        }
        return product;
    }

    static double divide(double dividend, double divisor) {
        if (divisor == 0 && !Double.isNaN(dividend)) {
            throw Mistakes.divisionByZero();
        }
        double quotient = dividend / divisor;
        if (Double.isInfinite(quotient) && !Double.isInfinite(dividend)) {
            throw Mistakes.floatOverflow();
        }
        if (quotient == 0 && dividend != 0 && !Double.isInfinite(divisor)) {
            throw Mistakes.floatUnderflow();
        }
        return quotient;
    }

    private static void rounding(Registry registry) {
        unary(registry, "dround", Math::rint);
        unary(registry, "dtrunc", a -> a < 0 ? Math.ceil(a) : Math.floor(a));
        unary(registry, "dceil", Math::ceil);
        unary(registry, "dfloor", Math::floor);
        unary(registry, "dsign", a -> Double.isNaN(a) ? 0 : Math.signum(a) + 0.0);
    }

    private static void powers(Registry registry) {
        unary(
                registry,
                "dsqrt",
                a -> {
                    if (a < 0) {
                        throw new QuorateException(
                                ErrorCode.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                                "cannot take square root of a negative number");
                    }
                    return Math.sqrt(a);
                });
        unary(registry, "dcbrt", Math::cbrt);
        unary(
                registry,
                "dexp",
                a -> {
                    double result = checkOverflow(Math.exp(a), a, a);
                    if (result == 0 && !Double.isInfinite(a)) {
                        throw Mistakes.floatUnderflow();
                    }
                    return result;
                });
        unary(registry, "dlog1", a -> Math.log(requireLogarithm(a)));
        unary(registry, "dlog10", a -> Math.log10(requireLogarithm(a)));
        binary(registry, "dpow", FloatFunctions::power);
    }

    private static double requireLogarithm(double argument) {
        if (argument == 0) {
            throw new QuorateException(
                    ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of zero");
        }
        if (argument < 0) {
            throw new QuorateException(
                    ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM,
                    "cannot take logarithm of a negative number");
        }
        return argument;
    }

    private static double power(double base, double exponent) {
        if (base == 1 || exponent == 0) {
            return 1;
        }
        if (base == 0 && exponent < 0) {
            throw new QuorateException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "zero raised to a negative power is undefined");
        }
        if (base < 0 && Math.rint(exponent) != exponent && !Double.isInfinite(base)) {
            throw new QuorateException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "a negative number raised to a non-integer power yields a complex result");
        }
        if (base == -1 && Double.isInfinite(exponent)) {
            return 1;
        }
        double result = checkOverflow(Math.pow(base, exponent), base, exponent);
        if (result == 0 && base != 0 && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
            throw Mistakes.floatUnderflow();
        }
        return result;
    }

    private static void angles(Registry registry) {
        registry.function("dpi", (c, a) -> Math.PI);
        unary(registry, "degrees", a -> checkOverflow(a / (Math.PI / 180), a, a));
        unary(registry, "radians", a -> a * (Math.PI / 180));
        limited(registry, "dsin", Double::isFinite, Math::sin);
        limited(registry, "dcos", Double::isFinite, Math::cos);
        limited(registry, "dtan", Double::isFinite, Math::tan);
        limited(registry, "dcot", Double::isFinite, a -> 1 / Math.tan(a));
        limited(registry, "dasin", a -> a >= -1 && a <= 1, Math::asin);
        limited(registry, "dacos", a -> a >= -1 && a <= 1, Math::acos);
        unary(registry, "datan", Math::atan);
        binary(registry, "datan2", Math::atan2);
        unary(registry, "dsinh", Math::sinh);
        unary(registry, "dcosh", Math::cosh);
        unary(registry, "dtanh", Math::tanh);
    }

    /// 22003 outside of the domain; NaN stays NaN.
    private static void limited(
            Registry registry, String name, DoublePredicate domain, DoubleUnaryOperator function) {
        unary(
                registry,
                name,
                a -> {
                    if (!Double.isNaN(a) && !domain.test(a)) {
                        throw Mistakes.inputOutOfRange();
                    }
                    return function.applyAsDouble(a);
                });
    }

    private static Object widthBucket(@Nullable Object[] a) {
        double operand = doubleAt(a, 0);
        double low = doubleAt(a, 1);
        double high = doubleAt(a, 2);
        long count = Args.longAt(a, 3);
        if (count <= 0) {
            throw bucket("count must be greater than zero");
        }
        if (Double.isNaN(operand) || Double.isNaN(low) || Double.isNaN(high)) {
            throw bucket("operand, lower bound, and upper bound cannot be NaN");
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            throw bucket("lower and upper bounds must be finite");
        }
        if (low == high) {
            throw bucket("lower bound cannot equal upper bound");
        }
        boolean up = low < high;
        if (up ? operand < low : operand > low) {
            return 0L;
        }
        if (up ? operand >= high : operand <= high) {
            return IntegerFunctions.add(SqlType.INT4, count, 1);
        }
        return (long) (count * ((operand - low) / (high - low))) + 1;
    }

    static QuorateException bucket(String message) {
        return new QuorateException(ErrorCode.INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION, message);
    }

    private static void unary(Registry registry, String name, DoubleUnaryOperator function) {
        registry.function(name, (c, a) -> function.applyAsDouble(doubleAt(a, 0)));
    }

    private static void binary(Registry registry, String name, DoubleBinaryOperator function) {
        registry.function(name, (c, a) -> function.applyAsDouble(doubleAt(a, 0), doubleAt(a, 1)));
    }
}
