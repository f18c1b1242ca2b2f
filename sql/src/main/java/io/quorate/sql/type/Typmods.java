package io.quorate.sql.type;

/// PostgreSQL's coding of type modifiers, which clients see in RowDescription and `atttypmod`.
public final class Typmods {
    public static final int NONE = -1;
    public static final int NUMERIC_PRECISION_MAX = 1000;
    public static final int NUMERIC_SCALE_MIN = -1000;
    public static final int NUMERIC_SCALE_MAX = 1000;
    public static final int LENGTH_MAX = 10_485_760;

    /// Seconds of an interval as they are.
    public static final int INTERVAL_FULL_PRECISION = 0xffff;

    public static final int INTERVAL_MONTH = 1 << 1;
    public static final int INTERVAL_YEAR = 1 << 2;
    public static final int INTERVAL_DAY = 1 << 3;
    public static final int INTERVAL_HOUR = 1 << 10;
    public static final int INTERVAL_MINUTE = 1 << 11;
    public static final int INTERVAL_SECOND = 1 << 12;

    private static final int HEADER = 4;
    private static final int INTERVAL_FULL_RANGE = 0x7fff;

    private Typmods() {}

    /// `varchar(n)` and `char(n)`.
    public static int ofLength(int length) {
        return length + HEADER;
    }

    public static int length(int typmod) {
        return typmod - HEADER;
    }

    public static int ofNumeric(int precision, int scale) {
        return ((precision << 16) | (scale & 0x7ff)) + HEADER;
    }

    public static int numericPrecision(int typmod) {
        return ((typmod - HEADER) >> 16) & 0xffff;
    }

    /// -1000 to 1000.
    public static int numericScale(int typmod) {
        return (((typmod - HEADER) & 0x7ff) ^ 1024) - 1024;
    }

    /// `interval(p)`.
    public static int ofInterval(int precision) {
        return (INTERVAL_FULL_RANGE << 16) | precision;
    }

    /// `interval hour to second(p)` and the like.
    ///
    /// @param range the sum of `INTERVAL_YEAR` to `INTERVAL_SECOND` for the fields kept
    public static int ofInterval(int range, int precision) {
        return (range << 16) | precision;
    }

    /// The fields kept, all of them where nothing is said.
    public static int intervalRange(int typmod) {
        return typmod == NONE ? INTERVAL_FULL_RANGE : (typmod >> 16) & INTERVAL_FULL_RANGE;
    }

    /// The digits after the point of an interval's seconds, 6 where nothing is said.
    public static int intervalPrecision(int typmod) {
        int precision = typmod & 0xffff;
        return typmod == NONE || precision == INTERVAL_FULL_PRECISION ? 6 : precision;
    }
}
