package io.quorate.sql.type;

/// PostgreSQL's coding of type modifiers, which clients see in RowDescription and `atttypmod`.
public final class Typmods {
    public static final int NONE = -1;
    public static final int NUMERIC_PRECISION_MAX = 1000;
    public static final int NUMERIC_SCALE_MIN = -1000;
    public static final int NUMERIC_SCALE_MAX = 1000;
    public static final int LENGTH_MAX = 10_485_760;

    private static final int HEADER = 4;
    private static final int INTERVAL_FULL_PRECISION = 0xffff;
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

    /// The digits after the point of an interval's seconds, 6 where nothing is said.
    public static int intervalPrecision(int typmod) {
        int precision = typmod & 0xffff;
        return typmod == NONE || precision == INTERVAL_FULL_PRECISION ? 6 : precision;
    }
}
