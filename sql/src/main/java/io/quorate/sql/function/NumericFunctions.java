package io.quorate.sql.function;

import static io.quorate.sql.function.Args.intAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.numericAt;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.NumericMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Arithmetic and mathematics of numeric.
final class NumericFunctions {
    private static final Numeric TEN = Numeric.of(10);

    /// Beyond this a factorial has more digits than the type holds.
    private static final int FACTORIAL_MAX = 32_177;

    private NumericFunctions() {}

    static void register(Registry registry) {
        binary(registry, "numeric_add", Numeric::add);
        binary(registry, "numeric_sub", Numeric::subtract);
        binary(registry, "numeric_mul", Numeric::multiply);
        binary(registry, "numeric_div", Numeric::divide);
        binary(registry, "numeric_mod", Numeric::remainder);
        binary(registry, "numeric_div_trunc", Numeric::divideToInteger);
        binary(registry, "numeric_power", NumericMath::power);
        binary(registry, "numeric_log", NumericMath::log);
        binary(registry, "numeric_gcd", NumericFunctions::greatestCommonDivisor);
        binary(registry, "numeric_lcm", NumericFunctions::leastCommonMultiple);
        unary(registry, "numeric_uminus", Numeric::negate);
        unary(registry, "numeric_uplus", a -> a);
        unary(registry, "numeric_abs", Numeric::abs);
        unary(registry, "numeric_sign", a -> a.isNaN() ? a : Numeric.of(a.signum()));
        unary(registry, "numeric_ceil", a -> a.round(0, RoundingMode.CEILING));
        unary(registry, "numeric_floor", a -> a.round(0, RoundingMode.FLOOR));
        unary(registry, "round(numeric)", a -> a.round(0));
        unary(registry, "trunc(numeric)", a -> a.round(0, RoundingMode.DOWN));
        registry.function("numeric_round", (c, a) -> numericAt(a, 0).round(intAt(a, 1)));
        registry.function(
                "numeric_trunc", (c, a) -> numericAt(a, 0).round(intAt(a, 1), RoundingMode.DOWN));
        unary(registry, "numeric_sqrt", NumericMath::sqrt);
        unary(registry, "numeric_exp", NumericMath::exp);
        unary(registry, "numeric_ln", NumericMath::ln);
        unary(registry, "log(numeric)", a -> NumericMath.log(TEN, a));
        unary(registry, "log10(numeric)", a -> NumericMath.log(TEN, a));
        scales(registry);
        registry.function("numeric_fac", (c, a) -> factorial(longAt(a, 0)));
        registry.function("width_bucket_numeric", (c, a) -> widthBucket(a));
    }

    private static void scales(Registry registry) {
        registry.function(
                "numeric_scale",
                (c, a) ->
                        numericAt(a, 0).isFinite()
                                ? (Object) (long) numericAt(a, 0).scale()
                                : null);
        registry.function(
                "numeric_min_scale",
                (c, a) ->
                        numericAt(a, 0).isFinite()
                                ? (Object) (long) trimmed(numericAt(a, 0)).scale()
                                : null);
        unary(registry, "numeric_trim_scale", NumericFunctions::trimmed);
    }

    private static Numeric trimmed(Numeric value) {
        return value.isFinite() ? Numeric.of(value.toBigDecimal().stripTrailingZeros()) : value;
    }

    private static Numeric greatestCommonDivisor(Numeric left, Numeric right) {
        if (!left.isFinite() || !right.isFinite()) {
            return Numeric.NAN;
        }
        int scale = Math.max(left.scale(), right.scale());
        BigInteger a = left.toBigDecimal().setScale(scale).unscaledValue();
        BigInteger b = right.toBigDecimal().setScale(scale).unscaledValue();
        return Numeric.of(new BigDecimal(a.gcd(b), scale));
    }

    private static Numeric leastCommonMultiple(Numeric left, Numeric right) {
        if (!left.isFinite() || !right.isFinite()) {
            return Numeric.NAN;
        }
        int scale = Math.max(left.scale(), right.scale());
        if (left.signum() == 0 || right.signum() == 0) {
            return Numeric.of(BigDecimal.ZERO.setScale(scale));
        }
        Numeric divisor = greatestCommonDivisor(left, right);
        return left.divideToInteger(divisor).multiply(right).abs().round(scale);
    }

    private static Numeric factorial(long n) {
        if (n < 0) {
            throw new QuorateException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "factorial of a negative number is undefined");
        }
        if (n > FACTORIAL_MAX) {
            throw new QuorateException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        BigInteger product = BigInteger.ONE;
        for (long i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return Numeric.of(product);
    }

    private static Object widthBucket(@Nullable Object[] a) {
        Numeric operand = numericAt(a, 0);
        Numeric low = numericAt(a, 1);
        Numeric high = numericAt(a, 2);
        long count = longAt(a, 3);
        if (count <= 0) {
            throw FloatFunctions.bucket("count must be greater than zero");
        }
        if (operand.isNaN() || low.isNaN() || high.isNaN()) {
            throw FloatFunctions.bucket("operand, lower bound, and upper bound cannot be NaN");
        }
        if (low.isInfinite() || high.isInfinite()) {
            throw FloatFunctions.bucket("lower and upper bounds must be finite");
        }
        int direction = Integer.signum(high.compareTo(low));
        if (direction == 0) {
            throw FloatFunctions.bucket("lower bound cannot equal upper bound");
        }
        if (Integer.signum(operand.compareTo(low)) * direction < 0) {
            return 0L;
        }
        if (Integer.signum(operand.compareTo(high)) * direction >= 0) {
            return count + 1;
        }
        BigDecimal offset =
                operand.subtract(low).toBigDecimal().multiply(BigDecimal.valueOf(count));
        return offset.divideToIntegralValue(high.subtract(low).toBigDecimal()).longValueExact() + 1;
    }

    private static void unary(Registry registry, String name, UnaryOperator<Numeric> function) {
        registry.function(name, (c, a) -> function.apply(numericAt(a, 0)));
    }

    private static void binary(Registry registry, String name, BinaryOperator<Numeric> function) {
        registry.function(name, (c, a) -> function.apply(numericAt(a, 0), numericAt(a, 1)));
    }
}
