package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.Datums;
import io.quorate.sql.type.Interval;
import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.List;

/// Whether a value lies within a distance of another: what a frame of RANGE with an offset asks of the
/// column its window is ordered by. An overflow on the way is no error, for then the bound lies
/// beyond every value.
///
/// @param column the type of the values
/// @param offset one of [#offsetTypes]
public record InRange(SqlType column, SqlType offset) {
    /// The types an offset may have for a column; empty where the column's type knows no distance.
    public static List<SqlType> offsetTypes(SqlType column) {
        return switch (column.kind()) {
            case INT2, INT4 -> List.of(SqlType.INT2, SqlType.INT4, SqlType.INT8);
            case INT8 -> List.of(SqlType.INT8);
            case FLOAT4, FLOAT8 -> List.of(SqlType.FLOAT8);
            case NUMERIC -> List.of(SqlType.NUMERIC);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> List.of(SqlType.INTERVAL);
            default -> List.of();
        };
    }

    /// Whether `value` is at most (`less`) or at least `base` plus or minus the distance. 22013 for a
    /// negative distance.
    public boolean holds(
            CallContext context,
            Object value,
            Object base,
            Object distance,
            boolean subtract,
            boolean less) {
        return switch (column.kind()) {
            case INT2, INT4, INT8 ->
                    integers((Long) value, (Long) base, (Long) distance, subtract, less);
            case FLOAT4, FLOAT8 ->
                    floats(
                            ((Number) value).doubleValue(),
                            ((Number) base).doubleValue(),
                            (Double) distance,
                            subtract,
                            less);
            case NUMERIC ->
                    numerics((Numeric) value, (Numeric) base, (Numeric) distance, subtract, less);
            case TIME -> times((Long) value, (Long) base, (Interval) distance, subtract, less);
            default -> spans(context, value, base, (Interval) distance, subtract, less);
        };
    }

    private static boolean integers(
            long value, long base, long distance, boolean subtract, boolean less) {
        checkSign(distance);
        long bound;
        try {
            bound = subtract ? Math.subtractExact(base, distance) : Math.addExact(base, distance);
        } catch (ArithmeticException beyond) {
            return subtract != less;
        }
        return less ? value <= bound : value >= bound;
    }

    /// NaN equals NaN and is above everything else.
    private static boolean floats(
            double value, double base, double distance, boolean subtract, boolean less) {
        if (Double.isNaN(distance)) {
            throw invalidSize();
        }
        checkSign((int) Math.signum(distance));
        if (Double.isNaN(value)) {
            return Double.isNaN(base) || !less;
        }
        if (Double.isNaN(base)) {
            return less;
        }
        if (Double.isInfinite(distance) && Double.isInfinite(base) && (base > 0) == subtract) {
            return true;
        }
        double bound = subtract ? base - distance : base + distance;
        return less ? value <= bound : value >= bound;
    }

    /// As [#floats].
    private static boolean numerics(
            Numeric value, Numeric base, Numeric distance, boolean subtract, boolean less) {
        if (distance.isNaN()) {
            throw invalidSize();
        }
        checkSign(distance.signum());
        if (value.isNaN()) {
            return base.isNaN() || !less;
        }
        if (base.isNaN()) {
            return less;
        }
        if (distance.isInfinite() && base.isInfinite() && (base.signum() > 0) == subtract) {
            return true;
        }
        int order = value.compareTo(subtract ? base.subtract(distance) : base.add(distance));
        return less ? order <= 0 : order >= 0;
    }

    /// Of the distance only the part shorter than a day counts, as when it is added to a time; but the
    /// bound may lie outside of the day.
    private static boolean times(
            long value, long base, Interval distance, boolean subtract, boolean less) {
        return integers(value, base, distance.micros(), subtract, less);
    }

    private boolean spans(
            CallContext context,
            Object value,
            Object base,
            Interval distance,
            boolean subtract,
            boolean less) {
        checkSign(Datums.compare(SqlType.INTERVAL, distance, Interval.ZERO));
        Interval moved = subtract ? distance.negate() : distance;
        int order =
                switch (column.kind()) {
                    case INTERVAL ->
                            Datums.compare(SqlType.INTERVAL, value, ((Interval) base).plus(moved));
                    case TIMESTAMPTZ ->
                            Long.compare(
                                    (Long) value,
                                    DateTimeArithmetic.addZoned(
                                            (Long) base, moved, context.format().zone()));
                    default ->
                            Long.compare(
                                    wallClock((Long) value),
                                    DateTimeArithmetic.add(wallClock((Long) base), moved));
                };
        return less ? order <= 0 : order >= 0;
    }

    private long wallClock(long datum) {
        return column.kind() == TypeKind.DATE ? DateTimeArithmetic.midnight(datum) : datum;
    }

    private static void checkSign(long sign) {
        if (sign < 0) {
            throw invalidSize();
        }
    }

    private static QuorateException invalidSize() {
        return new QuorateException(
                ErrorCode.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                "invalid preceding or following size in window function");
    }
}
