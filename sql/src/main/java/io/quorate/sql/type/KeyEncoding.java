package io.quorate.sql.type;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Values as parts of keys: the unsigned order of the bytes is [Datums]' order, NULL last, and one
/// encoding is never the beginning of another, so that encodings may follow each other.
///
/// Equal values give equal bytes even where they print differently (numeric 1.0 and 1.00, the
/// trailing blanks of bpchar, -0): a row that must show the difference keeps the value itself.
///
/// The layout is described in `docs/storage-format.md`; an index notes the [#VERSION] that wrote
/// it, for a key has no room for a version of its own.
public final class KeyEncoding {
    public static final int VERSION = 1;

    private static final int VALUE = 0x10;
    private static final int NULL = 0xf0;
    private static final int ELEMENT = 0x02;
    private static final int END = 0x01;
    private static final int GROUP_BYTES = 8;

    private KeyEncoding() {}

    public static void encode(SqlType type, @Nullable Object value, ByteWriter writer) {
        if (value == null) {
            writer.putByte(NULL);
            return;
        }
        writer.putByte(VALUE);
        switch (type.kind()) {
            case BOOL -> writer.putBoolean((Boolean) value);
            case INT2 -> writer.putShort(((Long) value).intValue() ^ 0x8000);
            case INT4, DATE -> writer.putInt(((Long) value).intValue() ^ Integer.MIN_VALUE);
            case OID -> writer.putInt(((Long) value).intValue());
            case INT8, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    writer.putLong((Long) value ^ Long.MIN_VALUE);
            case FLOAT4 -> writer.putInt(floatBits((Float) value));
            case FLOAT8 -> writer.putLong(doubleBits((Double) value));
            case NUMERIC -> NumericKey.encode((Numeric) value, writer);
            case TEXT, VARCHAR, CHAR, NAME, UNKNOWN, VOID -> putText((String) value, writer);
            case BPCHAR -> putText(StringTypes.trimBpchar((String) value), writer);
            case BYTEA -> putGroups(((ByteSlice) value).asReadOnlyArray(), writer);
            case INTERVAL -> putLength(((Interval) value).lengthMicros(), writer);
            case UUID -> {
                writer.putLong(((UUID) value).getMostSignificantBits());
                writer.putLong(((UUID) value).getLeastSignificantBits());
            }
            case ARRAY, VECTOR -> putArray((SqlArray) value, writer);
            case RECORD, PSEUDO -> throw noKey(type);
        }
    }

    /// A value equal to the one encoded.
    public static @Nullable Object decode(SqlType type, ByteReader reader) {
        int marker = reader.getByte();
        if (marker == NULL) {
            return null;
        }
        if (marker != VALUE) {
            throw new CorruptBytes("a key part starts with " + marker);
        }
        return switch (type.kind()) {
            case BOOL -> reader.getBoolean();
            case INT2 -> (long) (short) (reader.getShort() ^ 0x8000);
            case INT4, DATE -> (long) (reader.getInt() ^ Integer.MIN_VALUE);
            case OID -> reader.getInt() & 0xffff_ffffL;
            case INT8, TIME, TIMESTAMP, TIMESTAMPTZ -> reader.getLong() ^ Long.MIN_VALUE;
            case FLOAT4 -> floatOf(reader.getInt());
            case FLOAT8 -> doubleOf(reader.getLong());
            case NUMERIC -> NumericKey.decode(reader);
            case TEXT, VARCHAR, CHAR, NAME, UNKNOWN, VOID -> getText(reader);
            case BPCHAR -> Casts.coerceToTypmod(type, getText(reader), true);
            case BYTEA -> getGroups(reader);
            case INTERVAL -> getLength(reader);
            case UUID -> {
                long high = reader.getLong();
                yield new UUID(high, reader.getLong());
            }
            case ARRAY, VECTOR -> getArray(type, reader);
            case RECORD, PSEUDO -> throw noKey(type);
        };
    }

    /// Whether decoding gives back exactly what was encoded, so that a row need not keep the value
    /// beside its key.
    public static boolean isExact(SqlType type) {
        return switch (type.kind()) {
            case BOOL, INT2, INT4, INT8, OID, TEXT, VARCHAR, CHAR, NAME, UNKNOWN, VOID -> true;
            case BYTEA, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID -> true;
            case FLOAT4, FLOAT8, NUMERIC, INTERVAL -> false;
            // With a length the padding comes back by itself.
            case BPCHAR -> type.typmod() >= 0;
            case ARRAY, VECTOR -> isExact(TypeText.elementOf(type));
            case RECORD, PSEUDO -> false;
        };
    }

    /// Negative numbers turned over, positive ones above them; one NaN, one zero.
    private static int floatBits(float value) {
        int bits = Float.floatToIntBits(value == 0 ? 0f : value);
        return bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
    }

    private static float floatOf(int key) {
        return Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
    }

    private static long doubleBits(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0d : value);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }

    private static double doubleOf(long key) {
        return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
    }

    private static void putText(String text, ByteWriter writer) {
        putGroups(text.getBytes(StandardCharsets.UTF_8), writer);
    }

    private static String getText(ByteReader reader) {
        return getGroups(reader).toUtf8();
    }

    /// Groups of eight bytes, the last filled with zeros, each followed by 255 less the number of
    /// filling bytes: a group that is followed by another is always full and ends in 255.
    static void putGroups(byte[] bytes, ByteWriter writer) {
        int offset = 0;
        while (true) {
            int count = Math.min(GROUP_BYTES, bytes.length - offset);
            writer.putRaw(bytes, offset, count);
            for (int i = count; i < GROUP_BYTES; i++) {
                writer.putByte(0);
            }
            writer.putByte(0xff - (GROUP_BYTES - count));
            if (count < GROUP_BYTES) {
                return;
            }
            offset += GROUP_BYTES;
        }
    }

    static ByteSlice getGroups(ByteReader reader) {
        ByteWriter bytes = new ByteWriter();
        while (true) {
            ByteSlice group = reader.getRaw(GROUP_BYTES);
            int count = GROUP_BYTES - (0xff - reader.getByte());
            if (count < 0) {
                throw new CorruptBytes("a group of a key holds " + count + " bytes");
            }
            bytes.putRaw(group.slice(0, count));
            if (count < GROUP_BYTES) {
                return bytes.toSlice();
            }
        }
    }

    private static void putLength(BigInteger micros, ByteWriter writer) {
        long high = micros.shiftRight(64).longValue();
        writer.putLong(high ^ Long.MIN_VALUE);
        writer.putLong(micros.longValue());
    }

    /// The same length in days and microseconds; what it was made of is lost.
    private static Interval getLength(ByteReader reader) {
        BigInteger high = BigInteger.valueOf(reader.getLong() ^ Long.MIN_VALUE);
        byte[] low = reader.getRaw(8).toByteArray();
        BigInteger micros = high.shiftLeft(64).add(new BigInteger(1, low));
        BigInteger[] parts =
                micros.divideAndRemainder(BigInteger.valueOf(DateTimes.MICROS_PER_DAY));
        long days = parts[0].longValueExact();
        int months = (int) (days / Interval.DAYS_PER_MONTH);
        return new Interval(
                months, (int) (days % Interval.DAYS_PER_MONTH), parts[1].longValueExact());
    }

    private static void putArray(SqlArray array, ByteWriter writer) {
        for (int i = 0; i < array.size(); i++) {
            writer.putByte(ELEMENT);
            encode(array.elementType(), array.get(i), writer);
        }
        writer.putByte(END);
        writer.putByte(array.dimensions());
        for (int i = 0; i < array.dimensions(); i++) {
            writer.putInt(array.length(i));
        }
        for (int i = 0; i < array.dimensions(); i++) {
            writer.putInt(array.lowerBound(i) ^ Integer.MIN_VALUE);
        }
    }

    private static SqlArray getArray(SqlType type, ByteReader reader) {
        SqlType elementType = TypeText.elementOf(type).withTypmod(Typmods.NONE);
        List<@Nullable Object> elements = new ArrayList<>();
        while (reader.getByte() == ELEMENT) {
            elements.add(decode(elementType, reader));
        }
        int dimensions = reader.getByte();
        int[] lengths = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = reader.getInt();
        }
        int[] lows = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            lows[i] = reader.getInt() ^ Integer.MIN_VALUE;
        }
        return new SqlArray(elementType, lengths, lows, elements.toArray());
    }

    private static RuntimeException noKey(SqlType type) {
        return TypeErrors.unsupported("type " + type.format() + " cannot stand in a key");
    }
}
