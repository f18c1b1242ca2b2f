package io.quorate.sql.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The encodings of keys and rows, with values drawn from a fixed seed.
class StoredFormsTest {
    private static final long SEED = 20_240_229;
    private static final int VALUES = 300;

    static List<SqlType> types() {
        return List.of(
                SqlType.BOOL,
                SqlType.INT2,
                SqlType.INT4,
                SqlType.INT8,
                SqlType.OID,
                SqlType.FLOAT4,
                SqlType.FLOAT8,
                SqlType.NUMERIC,
                SqlType.TEXT,
                SqlType.bpchar(9),
                SqlType.BYTEA,
                SqlType.DATE,
                SqlType.TIME,
                SqlType.TIMESTAMP,
                SqlType.TIMESTAMPTZ,
                SqlType.INTERVAL,
                SqlType.UUID,
                arrayOf(SqlType.INT4),
                arrayOf(SqlType.TEXT),
                arrayOf(SqlType.NUMERIC));
    }

    @ParameterizedTest
    @MethodSource("types")
    void keysAreInTheOrderOfTheirValues(SqlType type) {
        List<Object> values = values(type);
        for (Object left : values) {
            ByteSlice leftKey = key(type, left);
            for (Object right : values) {
                assertThat(Integer.signum(leftKey.compareTo(key(type, right))))
                        .as("%s and %s", left, right)
                        .isEqualTo(Integer.signum(Datums.compare(type, left, right)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void noKeyIsTheBeginningOfAnother(SqlType type) {
        List<ByteSlice> keys = values(type).stream().map(value -> key(type, value)).toList();
        for (ByteSlice key : keys) {
            for (ByteSlice other : keys) {
                assertThat(other.startsWith(key)).isEqualTo(other.equals(key));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void keysGiveEqualValuesBack(SqlType type) {
        for (Object value : values(type)) {
            Object back =
                    Objects.requireNonNull(
                            KeyEncoding.decode(type, new ByteReader(key(type, value))));
            assertThat(Datums.compare(type, back, value)).as("%s", value).isZero();
            assertThat(Datums.hash(type, back)).isEqualTo(Datums.hash(type, value));
            if (KeyEncoding.isExact(type)) {
                assertThat(text(type, back)).isEqualTo(text(type, value));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void rowsGiveTheSameValuesBack(SqlType type) {
        for (Object value : values(type)) {
            ByteWriter writer = new ByteWriter();
            ValueEncoding.encode(type, value, writer);
            Object back = ValueEncoding.decode(type, writer.toSlice());
            assertThat(text(type, back)).isEqualTo(text(type, value));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theWireGivesTheSameValuesBack(SqlType type) {
        for (Object value : values(type)) {
            ByteWriter writer = new ByteWriter();
            TypeBinary.encode(type, value, writer);
            Object back = TypeBinary.decode(type, writer.toSlice());
            assertThat(text(type, back)).isEqualTo(text(type, value));
            Object read = TypeText.decode(type, text(type, value), SessionFormat.DEFAULT);
            assertThat(text(type, read)).isEqualTo(text(type, value));
        }
    }

    @Test
    void nullComesLast() {
        ByteSlice ofNull = key(SqlType.INT8, null);
        assertThat(ofNull).isGreaterThan(key(SqlType.INT8, Long.MAX_VALUE));
        assertThat(KeyEncoding.decode(SqlType.INT8, new ByteReader(ofNull))).isNull();
    }

    private static SqlType arrayOf(SqlType element) {
        return Objects.requireNonNull(SqlType.arrayOf(element));
    }

    private static String text(SqlType type, Object value) {
        return TypeText.encode(type, value, SessionFormat.DEFAULT);
    }

    private static ByteSlice key(SqlType type, @Nullable Object value) {
        ByteWriter writer = new ByteWriter();
        KeyEncoding.encode(type, value, writer);
        return writer.toSlice();
    }

    private static List<Object> values(SqlType type) {
        Random random = new Random(SEED);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < (type.isArray() ? VALUES / 3 : VALUES); i++) {
            values.add(value(type, random));
        }
        return values;
    }

    private static Object value(SqlType type, Random random) {
        // Few bits at times, so that equal and neighbouring values are drawn too.
        long bits = random.nextLong() >> random.nextInt(64);
        return switch (type.kind()) {
            case BOOL -> random.nextBoolean();
            case INT2 -> (long) (short) bits;
            case INT4 -> (long) (int) bits;
            case INT8 -> bits;
            case OID -> bits & 0xffff_ffffL;
            case FLOAT4 -> aFloat(random);
            case FLOAT8 -> aDouble(random);
            case NUMERIC -> aNumeric(random);
            case BYTEA -> bytes(random);
            case DATE -> Math.floorMod(bits, 5_000_000L) - 2_000_000;
            case TIME -> Math.floorMod(bits, DateTimes.MICROS_PER_DAY);
            case TIMESTAMP, TIMESTAMPTZ -> bits / 50;
            case INTERVAL ->
                    new Interval(random.nextInt(5) - 2, random.nextInt(100) - 50, bits >> 12);
            case UUID -> new UUID(bits, random.nextLong());
            case ARRAY -> anArray(type, random);
            default -> Casts.coerceToTypmod(type, aText(random), true);
        };
    }

    private static float aFloat(Random random) {
        float[] edges = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        return random.nextInt(4) == 0
                ? edges[random.nextInt(edges.length)]
                : Float.intBitsToFloat(random.nextInt());
    }

    private static double aDouble(Random random) {
        double[] edges = {0, -0d, Double.NaN, Double.POSITIVE_INFINITY, 1, Double.MIN_VALUE};
        return random.nextInt(4) == 0
                ? edges[random.nextInt(edges.length)]
                : Double.longBitsToDouble(random.nextLong());
    }

    private static Numeric aNumeric(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Numeric.NAN;
            case 1 -> Numeric.POSITIVE_INFINITY;
            case 2 -> Numeric.NEGATIVE_INFINITY;
            case 3 ->
                    Numeric.of(
                            BigDecimal.valueOf(random.nextInt(5) - 2).setScale(random.nextInt(4)));
            default -> {
                BigInteger digits = new BigInteger(random.nextInt(90), random);
                BigInteger signed = random.nextBoolean() ? digits : digits.negate();
                yield Numeric.of(new BigDecimal(signed, random.nextInt(30)));
            }
        };
    }

    private static ByteSlice bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) - 1);
        }
        return ByteSlice.wrap(bytes);
    }

    private static String aText(Random random) {
        StringBuilder text = new StringBuilder();
        int[] characters = {'a', 'b', ' ', 0xe9, 0x20ac, 0xffe0, 0x1f600, '"', '\\', 1};
        for (int i = random.nextInt(20); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    private static SqlArray anArray(SqlType type, Random random) {
        SqlType element = Objects.requireNonNull(type.element());
        int rows = random.nextInt(3);
        int columns = 1 + random.nextInt(2);
        @Nullable Object[] elements = new Object[rows * columns];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = random.nextInt(4) == 0 ? null : value(element, random);
        }
        if (rows == 0) {
            return SqlArray.empty(element);
        }
        int low = random.nextInt(3) - 1;
        return columns == 1
                ? new SqlArray(element, new int[] {rows}, new int[] {low}, elements)
                : new SqlArray(element, new int[] {rows, columns}, new int[] {low, 1}, elements);
    }
}
