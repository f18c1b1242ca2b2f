package io.quorate.sql.type;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Values as parts of stored rows: compact, exact, without an order. NULL and the length of the
/// bytes are the row's business.
///
/// The layout is described in `docs/storage-format.md`; the row's own version byte covers it.
public final class ValueEncoding {
    public static final int VERSION = 1;

    private static final int NUMERIC_NAN = 1;
    private static final int NUMERIC_POSITIVE_INFINITY = 2;
    private static final int NUMERIC_NEGATIVE_INFINITY = 3;
    private static final int NUMERIC_FINITE = 0;

    private ValueEncoding() {}

    public static void encode(SqlType type, Object value, ByteWriter writer) {
        switch (type.kind()) {
            case BOOL -> writer.putBoolean((Boolean) value);
            case INT2, INT4, INT8, OID, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    putZigZag((Long) value, writer);
            case FLOAT4 -> writer.putInt(Float.floatToIntBits((Float) value));
            case FLOAT8 -> writer.putLong(Double.doubleToLongBits((Double) value));
            case NUMERIC -> putNumeric((Numeric) value, writer);
            case TEXT, VARCHAR, BPCHAR, CHAR, NAME, UNKNOWN, VOID ->
                    writer.putRaw(((String) value).getBytes(StandardCharsets.UTF_8));
            case BYTEA -> writer.putRaw((ByteSlice) value);
            case INTERVAL -> {
                Interval interval = (Interval) value;
                putZigZag(interval.months(), writer);
                putZigZag(interval.days(), writer);
                putZigZag(interval.micros(), writer);
            }
            case UUID -> {
                writer.putLong(((UUID) value).getMostSignificantBits());
                writer.putLong(((UUID) value).getLeastSignificantBits());
            }
            case ARRAY, VECTOR -> putArray((SqlArray) value, writer);
            case RECORD, PSEUDO ->
                    throw TypeErrors.unsupported(
                            "a value of type " + type.format() + " cannot be stored");
        }
    }

    /// @param bytes exactly what [#encode] appended
    public static Object decode(SqlType type, ByteSlice bytes) {
        ByteReader reader = new ByteReader(bytes);
        Object value = read(type, reader);
        reader.expectEnd();
        return value;
    }

    private static Object read(SqlType type, ByteReader reader) {
        return switch (type.kind()) {
            case BOOL -> reader.getBoolean();
            case INT2, INT4, INT8, OID, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> getZigZag(reader);
            case FLOAT4 -> Float.intBitsToFloat(reader.getInt());
            case FLOAT8 -> Double.longBitsToDouble(reader.getLong());
            case NUMERIC -> getNumeric(reader);
            case TEXT, VARCHAR, BPCHAR, CHAR, NAME, UNKNOWN, VOID ->
                    reader.getRaw(reader.remaining()).toUtf8();
            case BYTEA -> reader.getRaw(reader.remaining());
            case INTERVAL -> {
                int months = (int) getZigZag(reader);
                int days = (int) getZigZag(reader);
                yield new Interval(months, days, getZigZag(reader));
            }
            case UUID -> {
                long high = reader.getLong();
                yield new UUID(high, reader.getLong());
            }
            case ARRAY, VECTOR -> getArray(type, reader);
            case RECORD, PSEUDO ->
                    throw TypeErrors.unsupported(
                            "a value of type " + type.format() + " cannot be stored");
        };
    }

    private static void putZigZag(long value, ByteWriter writer) {
        writer.putVarLong(value << 1 ^ value >> 63);
    }

    private static long getZigZag(ByteReader reader) {
        long value = reader.getVarLong();
        return value >>> 1 ^ -(value & 1);
    }

    private static void putNumeric(Numeric value, ByteWriter writer) {
        if (!value.isFinite()) {
            writer.putByte(
                    value.isNaN()
                            ? NUMERIC_NAN
                            : value.signum() > 0
                                    ? NUMERIC_POSITIVE_INFINITY
                                    : NUMERIC_NEGATIVE_INFINITY);
            return;
        }
        BigDecimal decimal = value.toBigDecimal();
        writer.putByte(NUMERIC_FINITE);
        writer.putVarInt(decimal.scale());
        writer.putBytes(ByteSlice.wrap(decimal.unscaledValue().toByteArray()));
    }

    private static Numeric getNumeric(ByteReader reader) {
        int kind = reader.getByte();
        return switch (kind) {
            case NUMERIC_NAN -> Numeric.NAN;
            case NUMERIC_POSITIVE_INFINITY -> Numeric.POSITIVE_INFINITY;
            case NUMERIC_NEGATIVE_INFINITY -> Numeric.NEGATIVE_INFINITY;
            case NUMERIC_FINITE -> {
                int scale = reader.getVarInt();
                BigInteger unscaled = new BigInteger(reader.getBytes().toByteArray());
                yield Numeric.of(new BigDecimal(unscaled, scale));
            }
            default -> throw new CorruptBytes("a numeric starts with " + kind);
        };
    }

    private static void putArray(SqlArray array, ByteWriter writer) {
        writer.putByte(array.dimensions());
        for (int i = 0; i < array.dimensions(); i++) {
            writer.putVarInt(array.length(i));
            putZigZag(array.lowerBound(i), writer);
        }
        ByteWriter element = new ByteWriter();
        for (int i = 0; i < array.size(); i++) {
            Object value = array.get(i);
            writer.putBoolean(value != null);
            if (value != null) {
                element.clear();
                encode(array.elementType(), value, element);
                writer.putBytes(element.toSlice());
            }
        }
    }

    private static SqlArray getArray(SqlType type, ByteReader reader) {
        SqlType elementType = TypeText.elementOf(type).withTypmod(Typmods.NONE);
        int dimensions = reader.getByte();
        int[] lengths = new int[dimensions];
        int[] lows = new int[dimensions];
        int size = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = reader.getVarInt();
            lows[i] = (int) getZigZag(reader);
            size = Math.multiplyExact(size, lengths[i]);
        }
        if (size > reader.remaining()) {
            throw new CorruptBytes("an array of " + size + " elements is cut off");
        }
        @Nullable Object[] elements = new Object[size];
        for (int i = 0; i < size; i++) {
            elements[i] = reader.getBoolean() ? decode(elementType, reader.getBytes()) : null;
        }
        return new SqlArray(elementType, lengths, lows, elements);
    }
}
