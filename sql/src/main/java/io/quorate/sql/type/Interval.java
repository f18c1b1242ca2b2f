package io.quorate.sql.type;

import java.math.BigInteger;

/// A span of time. The three parts are kept apart because a month has no fixed number of days nor a
/// day (across a change of the clocks) of hours.
public record Interval(int months, int days, long micros) {
    public static final Interval ZERO = new Interval(0, 0, 0);

    static final long MICROS_PER_DAY = 86_400_000_000L;
    static final int DAYS_PER_MONTH = 30;

    /// The length under which intervals are compared: a month of 30 days, a day of 24 hours. It
    /// needs more than 64 bits.
    BigInteger lengthMicros() {
        long wholeDays = (long) months * DAYS_PER_MONTH + days;
        return BigInteger.valueOf(wholeDays)
                .multiply(BigInteger.valueOf(MICROS_PER_DAY))
                .add(BigInteger.valueOf(micros));
    }
}
