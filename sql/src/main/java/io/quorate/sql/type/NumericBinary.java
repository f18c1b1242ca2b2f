package io.quorate.sql.type;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Numeric on the wire: count of digit groups, weight of the first, sign, display scale, and the
/// groups of four decimal digits.
final class NumericBinary {
    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xc000;
    private static final int POSITIVE_INFINITY = 0xd000;
    private static final int NEGATIVE_INFINITY = 0xf000;
    private static final int GROUP_DIGITS = 4;
    private static final int GROUP_MAX = 9999;

    private NumericBinary() {}

    static void encode(Numeric value, ByteWriter writer) {
        if (!value.isFinite()) {
            writer.putShort(0);
            writer.putShort(0);
            writer.putShort(
                    value.isNaN()
                            ? NAN
                            : value.signum() > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY);
            // An infinity shows its kind in the scale too, as PostgreSQL's does.
            writer.putShort(value.isNaN() ? 0 : 0x20);
            return;
        }
        BigDecimal decimal = value.toBigDecimal();
        String digits = groupedDigits(decimal);
        int groupsAfterPoint = (decimal.scale() + GROUP_DIGITS - 1) / GROUP_DIGITS;
        int groups = digits.length() / GROUP_DIGITS;
        int weight = groups - groupsAfterPoint - 1;
        int last = groups;
        while (last > 0 && group(digits, last - 1) == 0) {
            last--;
        }
        int first = 0;
        while (first < last && group(digits, first) == 0) {
            first++;
        }
        writer.putShort(last - first);
        writer.putShort(first == last ? 0 : weight - first);
        writer.putShort(decimal.signum() < 0 ? NEGATIVE : POSITIVE);
        writer.putShort(decimal.scale());
        for (int i = first; i < last; i++) {
            writer.putShort(group(digits, i));
        }
    }

    /// All digits, padded to whole groups on both sides of the point.
    private static String groupedDigits(BigDecimal decimal) {
        int padding = Math.floorMod(-decimal.scale(), GROUP_DIGITS);
        String digits = decimal.unscaledValue().abs() + "0".repeat(padding);
        return "0".repeat(Math.floorMod(-digits.length(), GROUP_DIGITS)) + digits;
    }

    private static int group(String digits, int index) {
        return Integer.parseInt(digits, index * GROUP_DIGITS, (index + 1) * GROUP_DIGITS, 10);
    }

    static Numeric decode(ByteReader reader) {
        int count = reader.getShort();
        int weight = (short) reader.getShort();
        int sign = reader.getShort();
        int scale = reader.getShort();
        if (count * 2 > reader.remaining()) {
            throw TypeErrors.invalidBinary("insufficient data left in message");
        }
        StringBuilder digits = new StringBuilder("0");
        for (int i = 0; i < count; i++) {
            int group = reader.getShort();
            if (group > GROUP_MAX) {
                throw TypeErrors.invalidBinary("invalid digit in external \"numeric\" value");
            }
            DateTimeText.appendPadded(digits, group, GROUP_DIGITS);
        }
        return switch (sign) {
            case NAN -> Numeric.NAN;
            case POSITIVE_INFINITY -> Numeric.POSITIVE_INFINITY;
            case NEGATIVE_INFINITY -> Numeric.NEGATIVE_INFINITY;
            case POSITIVE, NEGATIVE -> {
                if (scale > Numeric.SCALE_MAX) {
                    throw TypeErrors.invalidBinary("invalid scale in external \"numeric\" value");
                }
                BigInteger unscaled = new BigInteger(digits.toString());
                int groupScale = (count - 1 - weight) * GROUP_DIGITS;
                BigDecimal size =
                        new BigDecimal(unscaled, groupScale).setScale(scale, RoundingMode.DOWN);
                yield Numeric.of(sign == NEGATIVE ? size.negate() : size);
            }
            default -> throw TypeErrors.invalidBinary("invalid sign in external \"numeric\" value");
        };
    }
}
