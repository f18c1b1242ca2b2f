package io.quorate.sql.type;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Numeric in a key: a byte for the class of the number, the exponent, then the digits in pairs
/// without trailing zeros; a negative number has its exponent and digits turned over.
///
/// A number is taken as `0.d1 d2 … × 10^exponent` with d1 not zero. A pair of digits is a byte from
/// 1 to 100, so that 0 ends them below every longer number.
final class NumericKey {
    private static final int NEGATIVE_INFINITY = 0x10;
    private static final int NEGATIVE = 0x20;
    private static final int ZERO = 0x30;
    private static final int POSITIVE = 0x40;
    private static final int POSITIVE_INFINITY = 0x50;
    private static final int NAN = 0x60;

    private NumericKey() {}

    static void encode(Numeric value, ByteWriter writer) {
        if (value.isNaN()) {
            writer.putByte(NAN);
        } else if (value.isInfinite()) {
            writer.putByte(value.signum() > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY);
        } else if (value.signum() == 0) {
            writer.putByte(ZERO);
        } else {
            encodeDigits(value.toBigDecimal(), writer);
        }
    }

    private static void encodeDigits(BigDecimal value, ByteWriter writer) {
        boolean negative = value.signum() < 0;
        int turn = negative ? 0xff : 0;
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale();
        writer.putByte(negative ? NEGATIVE : POSITIVE);
        writer.putInt((exponent ^ Integer.MIN_VALUE) ^ (negative ? -1 : 0));
        String digits = stripped.unscaledValue().abs().toString();
        for (int i = 0; i < digits.length(); i += 2) {
            int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            int pair = (digits.charAt(i) - '0') * 10 + low;
            writer.putByte((pair + 1) ^ turn);
        }
        writer.putByte(turn);
    }

    static Numeric decode(ByteReader reader) {
        int kind = reader.getByte();
        return switch (kind) {
            case NAN -> Numeric.NAN;
            case POSITIVE_INFINITY -> Numeric.POSITIVE_INFINITY;
            case NEGATIVE_INFINITY -> Numeric.NEGATIVE_INFINITY;
            case ZERO -> Numeric.ZERO;
            case POSITIVE -> decodeDigits(reader, false);
            case NEGATIVE -> decodeDigits(reader, true);
            default -> throw new CorruptBytes("a numeric in a key starts with " + kind);
        };
    }

    private static Numeric decodeDigits(ByteReader reader, boolean negative) {
        int turn = negative ? 0xff : 0;
        int exponent = (reader.getInt() ^ (negative ? -1 : 0)) ^ Integer.MIN_VALUE;
        StringBuilder digits = new StringBuilder();
        for (int pair = reader.getByte() ^ turn; pair != 0; pair = reader.getByte() ^ turn) {
            DateTimeText.appendPadded(digits, pair - 1, 2);
        }
        BigInteger unscaled = new BigInteger(digits.toString());
        BigDecimal size = new BigDecimal(unscaled, digits.length() - exponent).stripTrailingZeros();
        return Numeric.of(negative ? size.negate() : size);
    }
}
