package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Roots, exponentials, logarithms and powers of numeric, rounded to the scales that PostgreSQL
/// chooses (16 significant digits or what the arguments show, whichever is longer).
public final class NumericMath {
    private static final double LOG10_E = 0.434294481903252;
    private static final double LN_10 = 2.302585092994046;

    /// Digits beyond the wanted ones in which intermediate results are computed.
    private static final int GUARD_DIGITS = 12;

    private static final int EXPONENT_MAX = Numeric.RESULT_SCALE_MAX * 3;

    private NumericMath() {}

    /// 2201F for a negative number.
    public static Numeric sqrt(Numeric argument) {
        if (argument.signum() < 0) {
            throw new QuorateException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "cannot take square root of a negative number");
        }
        if (!argument.isFinite()) {
            return argument;
        }
        BigDecimal value = argument.toBigDecimal();
        int weight = Numeric.weight(value);
        int digitsBefore = weight >= 0 ? weight * 4 / 2 + 1 : 1 - (1 - weight * 4) / 2;
        int scale =
                Numeric.displayScale(
                        Math.max(Numeric.SIGNIFICANT_DIGITS_MIN - digitsBefore, value.scale()));
        return Numeric.of(sqrt(value, scale));
    }

    /// The root rounded to a scale.
    public static BigDecimal sqrt(BigDecimal value, int scale) {
        int digits = Math.max(1, value.precision() - value.scale()) / 2 + scale + GUARD_DIGITS;
        return value.sqrt(new MathContext(digits)).setScale(scale, RoundingMode.HALF_UP);
    }

    public static Numeric exp(Numeric argument) {
        if (!argument.isFinite()) {
            return argument.signum() < 0 ? Numeric.ZERO : argument;
        }
        BigDecimal value = argument.toBigDecimal();
        double weight =
                Math.clamp(
                        value.doubleValue() * LOG10_E,
                        -Numeric.RESULT_SCALE_MAX,
                        Numeric.RESULT_SCALE_MAX);
        int scale =
                Numeric.displayScale(
                        Math.max(Numeric.SIGNIFICANT_DIGITS_MIN - (int) weight, value.scale()));
        return Numeric.of(exp(value, scale));
    }

    /// 2201E for zero and below.
    public static Numeric ln(Numeric argument) {
        requireLogarithm(argument);
        if (!argument.isFinite()) {
            return argument;
        }
        BigDecimal value = argument.toBigDecimal();
        int scale =
                Numeric.displayScale(
                        Math.max(Numeric.SIGNIFICANT_DIGITS_MIN - lnWeight(value), value.scale()));
        return Numeric.of(ln(value, scale));
    }

    /// The logarithm of `argument` to a base.
    public static Numeric log(Numeric base, Numeric argument) {
        requireLogarithm(base);
        requireLogarithm(argument);
        if (base.isNaN() || argument.isNaN()) {
            return Numeric.NAN;
        }
        if (!base.isFinite()) {
            return argument.isFinite() ? Numeric.ZERO : Numeric.NAN;
        }
        if (!argument.isFinite()) {
            return argument;
        }
        BigDecimal baseValue = base.toBigDecimal();
        BigDecimal value = argument.toBigDecimal();
        int weight = lnWeight(value) - lnWeight(baseValue);
        int scale = Math.max(Numeric.SIGNIFICANT_DIGITS_MIN - weight, baseValue.scale());
        scale = Numeric.displayScale(Math.max(scale, value.scale()));
        int working = scale + Math.abs(weight) + 2 * GUARD_DIGITS + Math.abs(lnWeight(baseValue));
        return Numeric.of(Numeric.divide(ln(value, working), ln(baseValue, working), scale));
    }

    /// 2201F where the result is not a real number.
    public static Numeric power(Numeric base, Numeric exponent) {
        if (!base.isFinite() || !exponent.isFinite()) {
            return powerSpecial(base, exponent);
        }
        BigDecimal exponentValue = exponent.toBigDecimal();
        boolean wholeExponent = exponentValue.stripTrailingZeros().scale() <= 0;
        if (base.signum() == 0 && exponent.signum() < 0) {
            throw new QuorateException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "zero raised to a negative power is undefined");
        }
        if (base.signum() < 0 && !wholeExponent) {
            throw complexPower();
        }
        if (wholeExponent && exponentValue.abs().compareTo(BigDecimal.valueOf(1L << 31)) < 0) {
            return Numeric.of(powerWhole(base.toBigDecimal(), exponentValue.intValueExact()));
        }
        return Numeric.of(powerReal(base.toBigDecimal(), exponentValue));
    }

    private static BigDecimal powerWhole(BigDecimal base, int exponent) {
        int scale = Numeric.displayScale(Math.max(Numeric.SIGNIFICANT_DIGITS_MIN, base.scale()));
        if (exponent == 0) {
            return BigDecimal.ONE.setScale(scale);
        }
        if (base.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        // The number of digits before the point of the result, for overflow and precision.
        double digits = exponent * log10(base.abs());
        if (digits > Numeric.INTEGER_DIGITS_MAX) {
            throw Numeric.overflow();
        }
        if (digits + 1 < -scale) {
            return BigDecimal.ZERO.setScale(scale);
        }
        int precision = Math.max(1, scale + (int) digits + 2) + GUARD_DIGITS + bits(exponent);
        MathContext context = new MathContext(precision, RoundingMode.HALF_EVEN);
        BigDecimal result = powerBySquares(base, Math.abs((long) exponent), context);
        if (exponent < 0) {
            result = BigDecimal.ONE.divide(result, context);
        }
        return result.setScale(scale, RoundingMode.HALF_UP);
    }

    /// `BigDecimal.pow(int, MathContext)` stops at 999,999,999.
    private static BigDecimal powerBySquares(BigDecimal base, long exponent, MathContext context) {
        BigDecimal result = BigDecimal.ONE;
        BigDecimal square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result.multiply(square, context);
            }
            if (rest > 1) {
                square = square.multiply(square, context);
            }
        }
        return result;
    }

    private static BigDecimal powerReal(BigDecimal base, BigDecimal exponent) {
        if (base.signum() == 0) {
            return BigDecimal.ZERO.setScale(Numeric.SIGNIFICANT_DIGITS_MIN);
        }
        if (base.signum() < 0) {
            // A whole exponent beyond 31 bits: the sign by its last digit.
            BigDecimal size = powerReal(base.negate(), exponent);
            return exponent.toBigInteger().testBit(0) ? size.negate() : size;
        }
        double estimate = ln(base, 20).doubleValue() * exponent.doubleValue();
        if (Math.abs(estimate) > EXPONENT_MAX + EXPONENT_MAX / 300.0) {
            if (estimate > 0) {
                throw Numeric.overflow();
            }
            return BigDecimal.ZERO.setScale(Numeric.DISPLAY_SCALE_MAX);
        }
        int weight = (int) (estimate * LOG10_E);
        int scale = Math.max(Numeric.SIGNIFICANT_DIGITS_MIN - weight, base.scale());
        scale = Numeric.displayScale(Math.max(scale, exponent.scale()));
        int exponentDigits = Math.max(0, exponent.precision() - exponent.scale());
        int working = scale + Math.max(0, weight) + exponentDigits + GUARD_DIGITS;
        return exp(ln(base, working).multiply(exponent), scale);
    }

    private static Numeric powerSpecial(Numeric base, Numeric exponent) {
        if (exponent.isFinite() && exponent.signum() == 0 || base.equals(Numeric.ONE)) {
            return Numeric.ONE;
        }
        if (base.isNaN() || exponent.isNaN()) {
            return Numeric.NAN;
        }
        if (!exponent.isFinite()) {
            if (base.signum() == 0 && exponent.signum() < 0) {
                throw new QuorateException(
                        ErrorCode.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                        "zero raised to a negative power is undefined");
            }
            int size = base.abs().compareTo(Numeric.ONE);
            if (size == 0) {
                return Numeric.ONE;
            }
            return size > 0 == exponent.signum() > 0 ? Numeric.POSITIVE_INFINITY : Numeric.ZERO;
        }
        BigDecimal exponentValue = exponent.toBigDecimal();
        boolean whole = exponentValue.stripTrailingZeros().scale() <= 0;
        if (base.signum() < 0 && !whole) {
            throw complexPower();
        }
        if (exponent.signum() < 0) {
            return Numeric.ZERO;
        }
        boolean odd = whole && exponentValue.toBigInteger().testBit(0);
        return base.signum() < 0 && !odd ? Numeric.POSITIVE_INFINITY : base;
    }

    private static QuorateException complexPower() {
        return new QuorateException(
                ErrorCode.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                "a negative number raised to a non-integer power yields a complex result");
    }

    private static void requireLogarithm(Numeric argument) {
        if (argument.isNaN() || argument.signum() > 0) {
            return;
        }
        throw new QuorateException(
                ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM,
                argument.signum() == 0
                        ? "cannot take logarithm of zero"
                        : "cannot take logarithm of a negative number");
    }

    /// The decimal weight of the first digit of `ln(value)`, estimated as PostgreSQL does because
    /// the scale of results hangs on it.
    private static int lnWeight(BigDecimal value) {
        if (value.signum() <= 0) {
            return 0;
        }
        if (value.compareTo(new BigDecimal("0.9")) >= 0
                && value.compareTo(new BigDecimal("1.1")) <= 0) {
            BigDecimal rest = value.subtract(BigDecimal.ONE);
            return rest.signum() == 0
                    ? 0
                    : Numeric.weight(rest) * 4 + (int) Math.log10(Numeric.firstGroup(rest));
        }
        return (int) Math.log10(Math.abs(log10(value) * LN_10));
    }

    private static double log10(BigDecimal value) {
        int shift = value.precision() - value.scale() - 1;
        return Math.log10(value.movePointLeft(shift).doubleValue()) + shift;
    }

    private static int bits(int exponent) {
        return 32 - Integer.numberOfLeadingZeros(Math.abs(exponent));
    }

    /// e to the value, to a scale: halve the argument until the series converges fast, then square
    /// back.
    private static BigDecimal exp(BigDecimal value, int scale) {
        if (value.abs().compareTo(BigDecimal.valueOf(EXPONENT_MAX)) >= 0) {
            if (value.signum() > 0) {
                throw Numeric.overflow();
            }
            return BigDecimal.ZERO.setScale(scale);
        }
        int digitsBefore = Math.max(0, (int) (value.doubleValue() * LOG10_E) + 1);
        int halvings = 0;
        double size = Math.abs(value.doubleValue());
        while (size > 0.01) {
            size /= 2;
            halvings++;
        }
        MathContext context = new MathContext(scale + digitsBefore + halvings + 2 * GUARD_DIGITS);
        BigDecimal x = value.divide(BigDecimal.valueOf(2).pow(halvings), context);
        BigDecimal limit = BigDecimal.ONE.movePointLeft(context.getPrecision());
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; term.abs().compareTo(limit) > 0; n++) {
            term = term.multiply(x, context).divide(BigDecimal.valueOf(n), context);
            sum = sum.add(term, context);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, context);
        }
        return sum.setScale(scale, RoundingMode.HALF_UP);
    }

    /// The natural logarithm to a scale, of a mantissa between 0.1 and 10 and of a power of ten.
    private static BigDecimal ln(BigDecimal value, int scale) {
        int shift = value.precision() - value.scale() - 1;
        if (shift == -1) {
            // 0.1 to 1 stays as it is, for near 1 nothing must cancel.
            shift = 0;
        }
        int shiftDigits = Integer.toString(Math.abs(shift)).length();
        MathContext context = new MathContext(scale + shiftDigits + 2 * GUARD_DIGITS);
        BigDecimal sum = lnOfMantissa(value.movePointLeft(shift), context);
        if (shift != 0) {
            BigDecimal ofTen = lnOfMantissa(BigDecimal.TEN, context);
            sum = sum.add(ofTen.multiply(BigDecimal.valueOf(shift)));
        }
        return sum.setScale(scale, RoundingMode.HALF_UP);
    }

    /// Roots bring the argument near 1, the series of the inverse hyperbolic tangent does the rest.
    private static BigDecimal lnOfMantissa(BigDecimal value, MathContext context) {
        BigDecimal x = value;
        int roots = 0;
        while (x.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("0.02")) > 0) {
            x = x.sqrt(context);
            roots++;
        }
        BigDecimal z = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), context);
        BigDecimal square = z.multiply(z, context);
        BigDecimal power = z;
        BigDecimal sum = z;
        BigDecimal limit = BigDecimal.ONE.movePointLeft(context.getPrecision());
        for (int n = 3; power.abs().compareTo(limit) > 0; n += 2) {
            power = power.multiply(square, context);
            sum = sum.add(power.divide(BigDecimal.valueOf(n), context), context);
        }
        return sum.multiply(BigDecimal.valueOf(2).pow(roots + 1), context);
    }
}
