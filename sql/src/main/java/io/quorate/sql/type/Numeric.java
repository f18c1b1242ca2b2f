package io.quorate.sql.type;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// A value of type numeric: a decimal with the number of digits to show after the point (its
/// `BigDecimal` scale, never negative), NaN or an infinity. Immutable.
///
/// Arithmetic has PostgreSQL's result scales: sums show the longer of the two fractions, products
/// the sum of both, quotients at least 16 significant digits, and everything rounds half away from
/// zero. `compareTo` and `equals` disregard trailing zeros; NaN equals itself and is the largest.
public final class Numeric implements Comparable<Numeric> {
    public static final Numeric ZERO = new Numeric(BigDecimal.ZERO);
    public static final Numeric ONE = new Numeric(BigDecimal.ONE);
    public static final Numeric NAN = new Numeric(Double.NaN);
    public static final Numeric POSITIVE_INFINITY = new Numeric(Double.POSITIVE_INFINITY);
    public static final Numeric NEGATIVE_INFINITY = new Numeric(Double.NEGATIVE_INFINITY);

    /// The most digits before and after the point that the storage format holds.
    static final int INTEGER_DIGITS_MAX = 131_072;

    static final int SCALE_MAX = 16_383;

    /// Quotients, roots and logarithms show no more digits than this after the point.
    static final int DISPLAY_SCALE_MAX = 1_000;

    static final int SIGNIFICANT_DIGITS_MIN = 16;

    /// Scales given to round() and trunc() are cut to this.
    static final int RESULT_SCALE_MAX = 2_000;

    private final @Nullable BigDecimal finite;
    private final double special;

    private Numeric(BigDecimal finite) {
        this.finite = finite;
        this.special = 0;
    }

    private Numeric(double special) {
        this.finite = null;
        this.special = special;
    }

    public static Numeric of(long value) {
        return new Numeric(BigDecimal.valueOf(value));
    }

    public static Numeric of(BigInteger value) {
        return of(new BigDecimal(value));
    }

    /// A negative scale becomes zero. 22003 beyond the digits that the type holds.
    public static Numeric of(BigDecimal value) {
        if ((long) value.precision() - value.scale() > INTEGER_DIGITS_MAX && value.signum() != 0) {
            throw overflow();
        }
        if (value.scale() < 0) {
            return new Numeric(value.setScale(0));
        }
        return new Numeric(
                value.scale() > SCALE_MAX
                        ? value.setScale(SCALE_MAX, RoundingMode.HALF_UP)
                        : value);
    }

    /// The digits that a double surely has: 15 of them.
    public static Numeric of(double value) {
        return ofBinary(value, 15);
    }

    /// The digits that a float surely has: 6 of them.
    public static Numeric of(float value) {
        return ofBinary(value, 6);
    }

    private static Numeric ofBinary(double value, int digits) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
        }
        BigDecimal rounded =
                new BigDecimal(value)
                        .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros();
        return of(rounded);
    }

    public boolean isFinite() {
        return finite != null;
    }

    public boolean isNaN() {
        return finite == null && Double.isNaN(special);
    }

    /// Either infinity.
    public boolean isInfinite() {
        return finite == null && Double.isInfinite(special);
    }

    /// -1, 0 or 1; NaN counts as 0.
    public int signum() {
        if (finite != null) {
            return finite.signum();
        }
        return Double.isNaN(special) ? 0 : special > 0 ? 1 : -1;
    }

    /// The digits shown after the point.
    public int scale() {
        return finite == null ? 0 : finite.scale();
    }

    /// Not for NaN and the infinities.
    public BigDecimal toBigDecimal() {
        return Check.present(finite, "NaN and infinity have no decimal value");
    }

    /// The nearest double; 22003 where it is too large.
    public double toDouble() {
        if (finite == null) {
            return special;
        }
        return finite.doubleValue();
    }

    public Numeric negate() {
        return finite == null ? ofSpecial(-special) : new Numeric(finite.negate());
    }

    public Numeric abs() {
        return finite == null ? ofSpecial(Math.abs(special)) : new Numeric(finite.abs());
    }

    public Numeric add(Numeric other) {
        if (finite == null || other.finite == null) {
            return ofSpecial(asDouble() + other.asDouble());
        }
        return of(finite.add(other.finite));
    }

    public Numeric subtract(Numeric other) {
        return add(other.negate());
    }

    public Numeric multiply(Numeric other) {
        if (finite == null || other.finite == null) {
            return ofSpecial(asSign() * other.asSign());
        }
        return of(finite.multiply(other.finite));
    }

    /// 22012 for a divisor of zero.
    public Numeric divide(Numeric divisor) {
        if (finite == null || divisor.finite == null) {
            return divideSpecial(divisor);
        }
        return of(divide(finite, divisor.finite, divisionScale(finite, divisor.finite)));
    }

    /// The whole part of the quotient (`div`).
    public Numeric divideToInteger(Numeric divisor) {
        if (finite == null || divisor.finite == null) {
            return divideSpecial(divisor);
        }
        requireDivisor(divisor.finite);
        return of(finite.divideToIntegralValue(divisor.finite).setScale(0, RoundingMode.DOWN));
    }

    /// With the sign of the dividend.
    public Numeric remainder(Numeric divisor) {
        if (finite == null || divisor.finite == null) {
            if (isNaN() || divisor.isNaN()) {
                return NAN;
            }
            if (divisor.finite != null) {
                requireDivisor(divisor.finite);
            }
            return isInfinite() ? NAN : this;
        }
        requireDivisor(divisor.finite);
        int scale = Math.max(finite.scale(), divisor.finite.scale());
        return of(finite.remainder(divisor.finite).setScale(scale, RoundingMode.UNNECESSARY));
    }

    /// To `scale` digits after the point, or to tens and hundreds where it is negative.
    public Numeric round(int scale, RoundingMode mode) {
        if (finite == null) {
            return this;
        }
        int cut = Math.clamp(scale, -RESULT_SCALE_MAX, RESULT_SCALE_MAX);
        return of(finite.setScale(cut, mode));
    }

    /// Half away from zero, as numeric does everywhere.
    public Numeric round(int scale) {
        return round(scale, RoundingMode.HALF_UP);
    }

    /// The nearest long; 22003 with the type's name where it does not fit `[min, max]`.
    long toLong(SqlType target, long min, long max) {
        if (finite == null) {
            throw new QuorateException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "cannot convert " + (isNaN() ? "NaN" : "infinity") + " to " + target.format());
        }
        BigInteger whole = finite.setScale(0, RoundingMode.HALF_UP).toBigInteger();
        if (whole.bitLength() > 63 || whole.longValue() < min || whole.longValue() > max) {
            throw TypeErrors.outOfRange(target);
        }
        return whole.longValue();
    }

    /// PostgreSQL's scale of a quotient: enough for 16 significant digits, reckoned in groups of
    /// four digits as they are stored, and no less than either side shows.
    static int divisionScale(BigDecimal dividend, BigDecimal divisor) {
        int quotientWeight = weight(dividend) - weight(divisor);
        if (firstGroup(dividend) <= firstGroup(divisor)) {
            quotientWeight--;
        }
        int scale = SIGNIFICANT_DIGITS_MIN - quotientWeight * 4;
        return displayScale(Math.max(scale, Math.max(dividend.scale(), divisor.scale())));
    }

    static int displayScale(int scale) {
        return Math.clamp(scale, 0, DISPLAY_SCALE_MAX);
    }

    static BigDecimal divide(BigDecimal dividend, BigDecimal divisor, int scale) {
        requireDivisor(divisor);
        return dividend.divide(divisor, scale, RoundingMode.HALF_UP);
    }

    /// The weight of the first group of four digits: 0 for 1 to 9999, -1 for 0.0001 to 0.9999.
    static int weight(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.floorDiv(value.precision() - value.scale() - 1, 4);
    }

    /// The first group of four digits that is not zero; 0 for zero.
    static int firstGroup(BigDecimal value) {
        return value.signum() == 0
                ? 0
                : value.abs()
                        .movePointLeft(weight(value) * 4)
                        .setScale(0, RoundingMode.DOWN)
                        .intValueExact();
    }

    static QuorateException overflow() {
        return new QuorateException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }

    private static void requireDivisor(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new QuorateException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
        }
    }

    private Numeric divideSpecial(Numeric divisor) {
        if (isNaN() || divisor.isNaN()) {
            return NAN;
        }
        if (divisor.finite != null) {
            requireDivisor(divisor.finite);
            return ofSpecial(special * divisor.signum());
        }
        return finite == null ? NAN : ZERO;
    }

    private static Numeric ofSpecial(double value) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        return value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
    }

    /// Some double on the same side of zero; any finite number does where the other is not.
    private double asSign() {
        return finite == null ? special : finite.signum();
    }

    private double asDouble() {
        return finite == null ? special : 0;
    }

    @Override
    public int compareTo(Numeric other) {
        if (finite != null && other.finite != null) {
            return finite.compareTo(other.finite);
        }
        return Double.compare(asDouble(), other.asDouble());
    }

    /// Numeric equality: 1.0 equals 1.00.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Numeric numeric && compareTo(numeric) == 0;
    }

    @Override
    public int hashCode() {
        if (finite == null) {
            return Double.hashCode(special);
        }
        return finite.signum() == 0 ? 0 : finite.stripTrailingZeros().hashCode();
    }

    /// As PostgreSQL prints it.
    @Override
    public String toString() {
        if (finite != null) {
            return finite.toPlainString();
        }
        return isNaN() ? "NaN" : special > 0 ? "Infinity" : "-Infinity";
    }
}
