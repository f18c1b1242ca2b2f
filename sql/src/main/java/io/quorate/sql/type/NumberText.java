package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers as text, except the output of floats ([FloatText]).
final class NumberText {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final long OID_MAX = 0xffff_ffffL;

    private NumberText() {}

    static long parseInteger(SqlType type, String text) {
        String digits = stripBlanks(text);
        if (!INTEGER.matcher(digits).matches()) {
            throw TypeErrors.invalidSyntax(type, text);
        }
        Long value = parseLong(digits);
        if (value == null || value < minimum(type) || value > maximum(type)) {
            throw TypeErrors.valueOutOfRange(type, text);
        }
        return value;
    }

    /// A negative oid is taken as its 32 bits, as PostgreSQL does.
    static long parseOid(String text) {
        String digits = stripBlanks(text);
        if (!INTEGER.matcher(digits).matches()) {
            throw TypeErrors.invalidSyntax(SqlType.OID, text);
        }
        Long value = parseLong(digits);
        if (value == null || value < Integer.MIN_VALUE || value > OID_MAX) {
            throw TypeErrors.valueOutOfRange(SqlType.OID, text);
        }
        return value & OID_MAX;
    }

    static long minimum(SqlType type) {
        return switch (type.kind()) {
            case INT2 -> Short.MIN_VALUE;
            case INT4 -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }

    static long maximum(SqlType type) {
        return switch (type.kind()) {
            case INT2 -> Short.MAX_VALUE;
            case INT4 -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    static Numeric parseNumeric(String text) {
        String number = stripBlanks(text);
        Double special = specialOf(number);
        if (special != null) {
            return Numeric.of(special.doubleValue());
        }
        if (!DECIMAL.matcher(number).matches()) {
            throw TypeErrors.invalidSyntax(SqlType.NUMERIC, text);
        }
        int exponentAt = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (exponentAt < 0) {
            return Numeric.of(new BigDecimal(number));
        }
        BigDecimal mantissa = new BigDecimal(number.substring(0, exponentAt));
        Long exponent = parseLong(number.substring(exponentAt + 1));
        if (exponent == null || Math.abs(exponent) > Numeric.INTEGER_DIGITS_MAX * 2L) {
            if (mantissa.signum() == 0 || exponent != null && exponent < 0) {
                return Numeric.of(BigDecimal.ZERO.setScale(Numeric.SCALE_MAX));
            }
            throw Numeric.overflow();
        }
        // The digits shown are those of the mantissa, moved.
        BigDecimal value = mantissa.scaleByPowerOfTen(exponent.intValue());
        return Numeric.of(value.signum() == 0 && value.scale() < 0 ? BigDecimal.ZERO : value);
    }

    static double parseFloat8(String text) {
        String number = stripBlanks(text);
        Double special = specialOf(number);
        if (special != null) {
            return special;
        }
        if (!DECIMAL.matcher(number).matches()) {
            throw TypeErrors.invalidSyntax(SqlType.FLOAT8, text);
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value) || value == 0 && !isZero(number)) {
            throw outOfRange(number, SqlType.FLOAT8);
        }
        return value;
    }

    static float parseFloat4(String text) {
        String number = stripBlanks(text);
        Double special = specialOf(number);
        if (special != null) {
            return special.floatValue();
        }
        if (!DECIMAL.matcher(number).matches()) {
            throw TypeErrors.invalidSyntax(SqlType.FLOAT4, text);
        }
        float value = Float.parseFloat(number);
        if (Float.isInfinite(value) || value == 0 && !isZero(number)) {
            throw outOfRange(number, SqlType.FLOAT4);
        }
        return value;
    }

    /// Without the blanks that C's `isspace` knows.
    static String stripBlanks(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /// NaN and the infinities in any case, or null.
    private static @Nullable Double specialOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static @Nullable Long parseLong(String digits) {
        if (digits.length() <= 18) {
            return Long.parseLong(digits);
        }
        BigInteger value = new BigInteger(digits);
        return value.bitLength() > 63 ? null : value.longValue();
    }

    private static boolean isZero(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                return true;
            }
            if (c >= '1' && c <= '9') {
                return false;
            }
        }
        return true;
    }

    private static QuorateException outOfRange(String number, SqlType type) {
        return new QuorateException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "\"" + number + "\" is out of range for type " + type.format());
    }
}
