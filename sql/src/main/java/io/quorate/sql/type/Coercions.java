package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The conversions behind [Casts].
final class Coercions {
    private static final long OID_MAX = 0xffff_ffffL;

    static final Coercion IDENTITY =
            new Coercion() {
                @Override
                public boolean isIdentity() {
                    return true;
                }

                @Override
                public boolean dependsOnSession() {
                    return false;
                }

                @Override
                public @Nullable Object apply(@Nullable Object value, SessionFormat format) {
                    return value;
                }
            };

    private Coercions() {}

    /// Out through the text form of one type, in through that of the other.
    record ByText(SqlType source, SqlType target) implements Coercion {
        @Override
        public boolean isIdentity() {
            return source.kind() == TypeKind.UNKNOWN && target.kind() == TypeKind.TEXT;
        }

        @Override
        public boolean dependsOnSession() {
            return formDepends(source) || formDepends(target);
        }

        private static boolean formDepends(SqlType type) {
            return switch (type.kind()) {
                case OID, FLOAT4, FLOAT8, BYTEA, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
                case ARRAY, RECORD -> true;
                case BOOL, INT2, INT4, INT8, NUMERIC, TEXT, VARCHAR, BPCHAR, CHAR, NAME -> false;
                case UNKNOWN, INTERVAL, UUID, VECTOR, VOID, PSEUDO -> false;
            };
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, SessionFormat format) {
            if (value == null) {
                return null;
            }
            return TypeText.decode(target, TypeText.encode(source, value, format), format);
        }
    }

    /// A change of type, then the fitting to the modifier.
    record ToTypmod(Coercion first, SqlType target, boolean explicit) implements Coercion {
        @Override
        public boolean isIdentity() {
            return false;
        }

        @Override
        public boolean dependsOnSession() {
            return first.dependsOnSession();
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, SessionFormat format) {
            Object changed = first.apply(value, format);
            return changed == null ? null : Casts.coerceToTypmod(target, changed, explicit);
        }
    }

    /// An array, element by element.
    record OfElements(Coercion element, SqlType elementType) implements Coercion {
        @Override
        public boolean isIdentity() {
            return false;
        }

        @Override
        public boolean dependsOnSession() {
            return element.dependsOnSession();
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, SessionFormat format) {
            if (value == null) {
                return null;
            }
            SqlArray array = (SqlArray) value;
            @Nullable Object[] elements = array.toArray();
            for (int i = 0; i < elements.length; i++) {
                elements[i] = element.apply(elements[i], format);
            }
            return array.withElements(elementType, elements);
        }
    }

    /// A conversion function of `pg_cast`.
    private record ByFunction(boolean dependsOnSession, Conversion conversion) implements Coercion {
        @Override
        public boolean isIdentity() {
            return false;
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, SessionFormat format) {
            return value == null ? null : conversion.convert(value, format);
        }
    }

    @FunctionalInterface
    private interface Conversion {
        @Nullable Object convert(Object value, SessionFormat format);
    }

    /// The conversion for a row of `pg_cast` that is neither by text nor as it stands among strings.
    static Coercion between(SqlType source, SqlType target) {
        return switch (source.kind()) {
            case BOOL -> ofBool(target);
            case INT2, INT4, INT8 -> ofInteger(target);
            case OID -> ofOid(target);
            case FLOAT4, FLOAT8 -> ofFloat(target);
            case NUMERIC -> ofNumeric(target);
            case TEXT, VARCHAR, BPCHAR, NAME, CHAR -> ofString(source, target);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> ofDateTime(source, target);
            case VECTOR -> pure(value -> ((SqlArray) value));
            case UNKNOWN, BYTEA, UUID, ARRAY, RECORD, VOID, PSEUDO -> throw noWay(source, target);
        };
    }

    private static Coercion pure(Function<Object, @Nullable Object> function) {
        return new ByFunction(false, (value, format) -> function.apply(value));
    }

    private static Coercion ofBool(SqlType target) {
        return target.kind() == TypeKind.INT4
                ? pure(value -> (Boolean) value ? 1L : 0L)
                : pure(value -> (Boolean) value ? "true" : "false");
    }

    private static Coercion ofInteger(SqlType target) {
        return switch (target.kind()) {
            case INT2, INT4, INT8 -> pure(value -> checkInteger((Long) value, target));
            case OID -> pure(value -> toOid((Long) value));
            case FLOAT4 -> pure(value -> (float) (long) (Long) value);
            case FLOAT8 -> pure(value -> (double) (long) (Long) value);
            case NUMERIC -> pure(value -> Numeric.of((Long) value));
            case BOOL -> pure(value -> (Long) value != 0);
            case CHAR -> pure(value -> toChar((Long) value));
            default -> throw noWay(SqlType.INT8, target);
        };
    }

    static long checkInteger(long value, SqlType target) {
        if (value < NumberText.minimum(target) || value > NumberText.maximum(target)) {
            throw TypeErrors.outOfRange(target);
        }
        return value;
    }

    /// An int4 is taken by its 32 bits; an int8 must fit.
    private static long toOid(long value) {
        if (value < Integer.MIN_VALUE || value > OID_MAX) {
            throw new QuorateException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "OID out of range");
        }
        return value & OID_MAX;
    }

    private static String toChar(long code) {
        if (code < Byte.MIN_VALUE || code > Byte.MAX_VALUE) {
            throw TypeErrors.outOfRange(SqlType.CHAR);
        }
        return code == 0 ? "" : Character.toString((int) code & 0xff);
    }

    private static Coercion ofOid(SqlType target) {
        return switch (target.kind()) {
            case OID -> IDENTITY;
            case INT4 -> pure(value -> (long) ((Long) value).intValue());
            case INT8 -> IDENTITY;
            default -> throw noWay(SqlType.OID, target);
        };
    }

    private static Coercion ofFloat(SqlType target) {
        return switch (target.kind()) {
            case INT2, INT4, INT8 -> pure(value -> roundToInteger((Number) value, target));
            case FLOAT4 -> pure(value -> toFloat4((Double) value));
            case FLOAT8 -> pure(value -> (double) (float) (Float) value);
            case NUMERIC ->
                    pure(value ->
                            value instanceof Float single
                                    ? Numeric.of(single)
                                    : Numeric.of((Double) value));
            default -> throw noWay(SqlType.FLOAT8, target);
        };
    }

    /// Half to even, as the machine rounds.
    private static long roundToInteger(Number value, SqlType target) {
        double rounded = Math.rint(value.doubleValue());
        // The bounds are exact doubles: -2^63 is in, 2^63 is out.
        double low = NumberText.minimum(target);
        boolean fits = rounded >= low && rounded < -low;
        if (!fits) {
            throw TypeErrors.outOfRange(target);
        }
        return (long) rounded;
    }

    private static float toFloat4(double value) {
        float single = (float) value;
        if (Float.isInfinite(single) && !Double.isInfinite(value)) {
            throw floatRange("overflow");
        }
        if (single == 0 && value != 0) {
            throw floatRange("underflow");
        }
        return single;
    }

    static QuorateException floatRange(String how) {
        return new QuorateException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: " + how);
    }

    private static Coercion ofNumeric(SqlType target) {
        return switch (target.kind()) {
            case INT2, INT4, INT8 ->
                    pure(value ->
                            ((Numeric) value)
                                    .toLong(
                                            target,
                                            NumberText.minimum(target),
                                            NumberText.maximum(target)));
            case FLOAT4 -> pure(value -> numericToFloat4((Numeric) value));
            case FLOAT8 -> pure(value -> numericToFloat8((Numeric) value));
            default -> throw noWay(SqlType.NUMERIC, target);
        };
    }

    private static float numericToFloat4(Numeric value) {
        return value.isFinite()
                ? NumberText.parseFloat4(value.toString())
                : (float) value.toDouble();
    }

    static double numericToFloat8(Numeric value) {
        return value.isFinite() ? NumberText.parseFloat8(value.toString()) : value.toDouble();
    }

    private static Coercion ofString(SqlType source, SqlType target) {
        if (source.kind() == TypeKind.CHAR && target.kind() == TypeKind.INT4) {
            return pure(
                    value -> ((String) value).isEmpty() ? 0L : (byte) ((String) value).charAt(0));
        }
        boolean padded = source.kind() == TypeKind.BPCHAR && target.kind() != TypeKind.BPCHAR;
        return switch (target.kind()) {
            case CHAR -> pure(value -> StringTypes.fitChar((String) value));
            case NAME -> pure(value -> StringTypes.fitName(unpadded((String) value, padded)));
            case OID ->
                    new ByFunction(
                            true,
                            (value, format) -> TypeText.decode(target, (String) value, format));
            default -> padded ? pure(value -> StringTypes.trimBpchar((String) value)) : IDENTITY;
        };
    }

    private static String unpadded(String value, boolean padded) {
        return padded ? StringTypes.trimBpchar(value) : value;
    }

    private static Coercion ofDateTime(SqlType source, SqlType target) {
        return switch (source.kind()) {
            case DATE ->
                    target.kind() == TypeKind.TIMESTAMP
                            ? pure(value -> dateToTimestamp((Long) value))
                            : new ByFunction(
                                    true,
                                    (value, format) ->
                                            DateTimes.toUtc(
                                                    dateToTimestamp((Long) value), format.zone()));
            case TIME -> pure(value -> new Interval(0, 0, (Long) value));
            case INTERVAL ->
                    pure(value ->
                            Math.floorMod(((Interval) value).micros(), DateTimes.MICROS_PER_DAY));
            case TIMESTAMP -> ofTimestamp(target);
            default ->
                    new ByFunction(
                            true,
                            (value, format) ->
                                    ofLocal(
                                            DateTimes.toLocal((Long) value, format.zone()),
                                            target));
        };
    }

    private static Coercion ofTimestamp(SqlType target) {
        return target.kind() == TypeKind.TIMESTAMPTZ
                ? new ByFunction(
                        true, (value, format) -> DateTimes.toUtc((Long) value, format.zone()))
                : pure(value -> ofLocal((Long) value, target));
    }

    /// A wall clock's date, time or both; an infinite one has no time.
    private static @Nullable Long ofLocal(long local, SqlType target) {
        boolean finite = DateTimes.isTimestampFinite(local);
        return switch (target.kind()) {
            case DATE ->
                    finite
                            ? DateTimes.dayOf(local)
                            : local > 0 ? DateTimes.DATE_INFINITY : DateTimes.DATE_MINUS_INFINITY;
            case TIME -> finite ? (Long) DateTimes.microsOfDay(local) : null;
            default -> local;
        };
    }

    private static long dateToTimestamp(long days) {
        if (!DateTimes.isDateFinite(days)) {
            return days > 0 ? DateTimes.TIMESTAMP_INFINITY : DateTimes.TIMESTAMP_MINUS_INFINITY;
        }
        if (days * (double) DateTimes.MICROS_PER_DAY >= DateTimes.TIMESTAMP_END) {
            throw TypeErrors.dateTimeOverflow("date out of range for timestamp");
        }
        return DateTimes.timestamp(days, 0);
    }

    /// Rounds to the scale; 22003 where more digits stand before the point than there is room for.
    static Numeric fitNumeric(SqlType type, Numeric value) {
        int precision = Typmods.numericPrecision(type.typmod());
        int scale = Typmods.numericScale(type.typmod());
        if (!value.isFinite()) {
            if (value.isNaN()) {
                return value;
            }
            throw fieldOverflow(
                    "A field with precision "
                            + precision
                            + ", scale "
                            + scale
                            + " cannot hold an infinite value.");
        }
        BigDecimal rounded = value.toBigDecimal().setScale(scale, RoundingMode.HALF_UP);
        int digitsMax = precision - scale;
        if (rounded.signum() != 0 && rounded.precision() - rounded.scale() > digitsMax) {
            throw fieldOverflow(
                    "A field with precision "
                            + precision
                            + ", scale "
                            + scale
                            + " must round to an absolute value less than "
                            + (digitsMax == 0 ? "1" : "10^" + digitsMax)
                            + ".");
        }
        return Numeric.of(rounded);
    }

    private static QuorateException fieldOverflow(String detail) {
        return new QuorateException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow")
                .withDetail(detail);
    }

    private static QuorateException noWay(SqlType source, SqlType target) {
        return TypeErrors.unsupported(
                "cannot convert type " + source.format() + " to " + target.format());
    }
}
