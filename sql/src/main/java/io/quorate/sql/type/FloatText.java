package io.quorate.sql.type;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Floats as PostgreSQL prints them: the fewest digits that give the same float back, in fixed
/// notation for exponents from -4 up to the digits that the type surely has, else in scientific.
final class FloatText {
    private static final int DOUBLE_DIGITS = 15;
    private static final int FLOAT_DIGITS = 6;
    private static final int EXPONENT_MIN_FIXED = -4;

    private FloatText() {}

    static String format(double value, int extraFloatDigits) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return special(value);
        }
        if (extraFloatDigits <= 0) {
            int digits = Math.max(1, DOUBLE_DIGITS + extraFloatDigits);
            return general(new BigDecimal(value), digits);
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal shorter = oneDigit(digits);
        if (shorter.doubleValue() == value) {
            digits = shorter;
        }
        return notation(digits, DOUBLE_DIGITS);
    }

    static String format(float value, int extraFloatDigits) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return special(value);
        }
        if (extraFloatDigits <= 0) {
            int digits = Math.max(1, FLOAT_DIGITS + extraFloatDigits);
            return general(new BigDecimal(value), digits);
        }
        BigDecimal digits = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        BigDecimal shorter = oneDigit(digits);
        if (shorter.floatValue() == value) {
            digits = shorter;
        }
        return notation(digits, FLOAT_DIGITS);
    }

    /// Java prints two digits at least, and so may miss that one would do (4.9E-324 is 5e-324).
    private static BigDecimal oneDigit(BigDecimal digits) {
        return digits.precision() == 2
                ? digits.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros()
                : digits;
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (value == 0) {
            return Double.doubleToRawLongBits(value) < 0 ? "-0" : "0";
        }
        return value > 0 ? "Infinity" : "-Infinity";
    }

    /// C's `%.*g`.
    private static String general(BigDecimal value, int digits) {
        BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return notation(rounded.stripTrailingZeros(), digits);
    }

    private static String notation(BigDecimal digits, int exponentMaxFixed) {
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= EXPONENT_MIN_FIXED && exponent < exponentMaxFixed) {
            return digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        StringBuilder text = new StringBuilder();
        if (digits.signum() < 0) {
            text.append('-');
        }
        text.append(unscaled.charAt(0));
        if (unscaled.length() > 1) {
            text.append('.').append(unscaled, 1, unscaled.length());
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        if (size < 10) {
            text.append('0');
        }
        return text.append(size).toString();
    }
}
