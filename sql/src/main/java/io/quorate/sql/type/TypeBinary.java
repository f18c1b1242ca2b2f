package io.quorate.sql.type;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The binary form of values on the wire, as PostgreSQL's send and receive functions have it.
public final class TypeBinary {
    private static final int NULL_LENGTH = -1;

    private TypeBinary() {}

    /// Appends the value without a length before it.
    public static void encode(SqlType type, Object value, ByteWriter writer) {
        switch (type.kind()) {
            case BOOL -> writer.putBoolean((Boolean) value);
            case INT2 -> writer.putShort(((Long) value).intValue());
            case INT4, OID, DATE -> writer.putInt(((Long) value).intValue());
            case INT8, TIME, TIMESTAMP, TIMESTAMPTZ -> writer.putLong((Long) value);
            case FLOAT4 -> writer.putInt(Float.floatToIntBits((Float) value));
            case FLOAT8 -> writer.putLong(Double.doubleToLongBits((Double) value));
            case NUMERIC -> NumericBinary.encode((Numeric) value, writer);
            case TEXT, VARCHAR, BPCHAR, NAME, UNKNOWN, VOID ->
                    writer.putRaw(((String) value).getBytes(StandardCharsets.UTF_8));
            case CHAR ->
                    writer.putByte(((String) value).isEmpty() ? 0 : ((String) value).charAt(0));
            case BYTEA -> writer.putRaw((ByteSlice) value);
            case INTERVAL -> {
                Interval interval = (Interval) value;
                writer.putLong(interval.micros());
                writer.putInt(interval.days());
                writer.putInt(interval.months());
            }
            case UUID -> {
                writer.putLong(((UUID) value).getMostSignificantBits());
                writer.putLong(((UUID) value).getLeastSignificantBits());
            }
            case ARRAY, VECTOR -> encodeArray((SqlArray) value, writer);
            case RECORD -> encodeRecord((List<?>) value, writer);
            case PSEUDO -> throw noForm(type);
        }
    }

    /// 22P03 where the bytes do not form a value.
    public static Object decode(SqlType type, ByteSlice bytes) {
        ByteReader reader = new ByteReader(bytes);
        try {
            Object value = read(type, reader);
            reader.expectEnd();
            return type.typmod() < 0 ? value : Casts.coerceToTypmod(type, value, false);
        } catch (CorruptBytes damaged) {
            throw new QuorateException(
                    ErrorCode.INVALID_BINARY_REPRESENTATION,
                    "incorrect binary data format for type "
                            + type.format()
                            + ": "
                            + damaged.getMessage(),
                    damaged);
        }
    }

    private static Object read(SqlType type, ByteReader reader) {
        return switch (type.kind()) {
            case BOOL -> reader.getByte() != 0;
            case INT2 -> (long) (short) reader.getShort();
            case INT4 -> (long) reader.getInt();
            case OID -> reader.getInt() & 0xffff_ffffL;
            case DATE -> checkDate(reader.getInt());
            case INT8 -> reader.getLong();
            case TIME -> checkTime(reader.getLong());
            case TIMESTAMP, TIMESTAMPTZ -> checkTimestamp(reader.getLong());
            case FLOAT4 -> Float.intBitsToFloat(reader.getInt());
            case FLOAT8 -> Double.longBitsToDouble(reader.getLong());
            case NUMERIC -> NumericBinary.decode(reader);
            case TEXT, VARCHAR, BPCHAR, UNKNOWN, VOID -> utf8(reader.getRaw(reader.remaining()));
            case NAME -> StringTypes.fitName(utf8(reader.getRaw(reader.remaining())));
            case CHAR -> {
                int code = reader.getByte();
                yield code == 0 ? "" : Character.toString(code);
            }
            case BYTEA -> reader.getRaw(reader.remaining());
            case INTERVAL -> {
                long micros = reader.getLong();
                int days = reader.getInt();
                yield new Interval(reader.getInt(), days, micros);
            }
            case UUID -> {
                long high = reader.getLong();
                yield new UUID(high, reader.getLong());
            }
            case ARRAY -> readArray(type, reader);
            case VECTOR -> readArray(type, reader);
            case RECORD -> readRecord(reader);
            case PSEUDO -> throw noForm(type);
        };
    }

    /// 22021 for what is no UTF-8, or holds a zero byte, which no text may.
    public static String utf8(ByteSlice bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString();
            if (text.indexOf(0) < 0) {
                return text;
            }
        } catch (CharacterCodingException invalid) {
            throw new QuorateException(
                    ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                    "invalid byte sequence for encoding \"UTF8\"",
                    invalid);
        }
        throw new QuorateException(
                ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"UTF8\": 0x00");
    }

    private static long checkDate(long days) {
        return DateTimes.isDateFinite(days) ? DateTimes.checkDate(days) : days;
    }

    private static long checkTimestamp(long micros) {
        return DateTimes.isTimestampFinite(micros) ? DateTimes.checkTimestamp(micros) : micros;
    }

    private static long checkTime(long micros) {
        if (micros < 0 || micros > DateTimes.MICROS_PER_DAY) {
            throw TypeErrors.dateTimeOverflow("time out of range");
        }
        return micros;
    }

    private static void encodeArray(SqlArray array, ByteWriter writer) {
        writer.putInt(array.dimensions());
        boolean hasNull = false;
        for (int i = 0; i < array.size(); i++) {
            hasNull |= array.get(i) == null;
        }
        writer.putInt(hasNull ? 1 : 0);
        writer.putInt(array.elementType().oid());
        for (int i = 0; i < array.dimensions(); i++) {
            writer.putInt(array.length(i));
            writer.putInt(array.lowerBound(i));
        }
        for (int i = 0; i < array.size(); i++) {
            encodeField(array.elementType(), array.get(i), writer);
        }
    }

    private static void encodeField(SqlType type, @Nullable Object value, ByteWriter writer) {
        if (value == null) {
            writer.putInt(NULL_LENGTH);
            return;
        }
        int start = writer.length();
        writer.putInt(0);
        encode(type, value, writer);
        writer.setInt(start, writer.length() - start - 4);
    }

    private static @Nullable Object readField(SqlType type, ByteReader reader) {
        int length = reader.getInt();
        return length == NULL_LENGTH ? null : decode(type, reader.getRaw(length));
    }

    private static SqlArray readArray(SqlType type, ByteReader reader) {
        int dimensions = reader.getInt();
        int flags = reader.getInt();
        int elementOid = reader.getInt();
        SqlType elementType = TypeText.elementOf(type);
        if (dimensions < 0 || dimensions > SqlArray.DIMENSIONS_MAX) {
            throw TypeErrors.invalidBinary("invalid number of dimensions: " + dimensions);
        }
        if (flags != 0 && flags != 1) {
            throw TypeErrors.invalidBinary("invalid array flags");
        }
        if (elementOid != elementType.oid()) {
            throw new QuorateException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "binary data has array element type "
                            + elementOid
                            + " instead of expected "
                            + elementType.oid());
        }
        int[] lengths = new int[dimensions];
        int[] lows = new int[dimensions];
        long size = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = reader.getInt();
            lows[i] = reader.getInt();
            size *= lengths[i];
            if (lengths[i] < 0 || size > reader.remaining()) {
                throw TypeErrors.invalidBinary("array size exceeds its bytes");
            }
        }
        SqlType plain = elementType.withTypmod(Typmods.NONE);
        if (size == 0) {
            return SqlArray.empty(plain);
        }
        @Nullable Object[] elements = new Object[(int) size];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = readField(plain, reader);
        }
        return new SqlArray(plain, lengths, lows, elements);
    }

    private static void encodeRecord(List<?> fields, ByteWriter writer) {
        writer.putInt(fields.size());
        for (Object each : fields) {
            TypedDatum field = (TypedDatum) each;
            writer.putInt(field.type().oid());
            encodeField(field.type(), field.value(), writer);
        }
    }

    private static List<TypedDatum> readRecord(ByteReader reader) {
        int count = reader.getInt();
        if (count < 0 || count > reader.remaining()) {
            throw TypeErrors.invalidBinary("wrong number of columns: " + count);
        }
        List<TypedDatum> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SqlType type = Types.byOid(reader.getInt());
            if (type == null) {
                throw TypeErrors.invalidBinary("unknown type of a record's column");
            }
            fields.add(new TypedDatum(type, readField(type, reader)));
        }
        return List.copyOf(fields);
    }

    private static RuntimeException noForm(SqlType type) {
        return TypeErrors.unsupported(
                "no binary input or output function available for type " + type.format());
    }
}
