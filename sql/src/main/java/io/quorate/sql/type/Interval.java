package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.math.BigInteger;

/// A span of time. The three parts are kept apart because a month has no fixed number of days nor a
/// day (across a change of the clocks) of hours.
public record Interval(int months, int days, long micros) {
    public static final Interval ZERO = new Interval(0, 0, 0);

    static final long MICROS_PER_DAY = 86_400_000_000L;
    static final int DAYS_PER_MONTH = 30;
    private static final double SECONDS_PER_DAY = 86_400;

    /// The length under which intervals are compared: a month of 30 days, a day of 24 hours. It
    /// needs more than 64 bits.
    BigInteger lengthMicros() {
        long wholeDays = (long) months * DAYS_PER_MONTH + days;
        return BigInteger.valueOf(wholeDays)
                .multiply(BigInteger.valueOf(MICROS_PER_DAY))
                .add(BigInteger.valueOf(micros));
    }

    /// 22008 where a part overflows.
    public Interval plus(Interval other) {
        try {
            return new Interval(
                    Math.addExact(months, other.months),
                    Math.addExact(days, other.days),
                    Math.addExact(micros, other.micros));
        } catch (ArithmeticException overflow) {
            throw outOfRange();
        }
    }

    /// 22008 where a part overflows.
    public Interval minus(Interval other) {
        try {
            return new Interval(
                    Math.subtractExact(months, other.months),
                    Math.subtractExact(days, other.days),
                    Math.subtractExact(micros, other.micros));
        } catch (ArithmeticException overflow) {
            throw outOfRange();
        }
    }

    public Interval negate() {
        try {
            return new Interval(
                    Math.negateExact(months), Math.negateExact(days), Math.negateExact(micros));
        } catch (ArithmeticException overflow) {
            throw outOfRange();
        }
    }

    /// Fractions of months go on as days of a 30-day month, fractions of days as time; the time is
    /// rounded to a microsecond.
    public Interval times(double factor) {
        return scaled(months * factor, days * factor, micros * factor);
    }

    /// As [#times]; 22012 for a divisor of zero.
    public Interval dividedBy(double divisor) {
        if (divisor == 0) {
            throw new QuorateException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
        }
        return scaled(months / divisor, days / divisor, micros / divisor);
    }

    /// The steps and roundings are PostgreSQL's, so that the last microsecond agrees.
    private Interval scaled(double exactMonths, double exactDays, double exactMicros) {
        int wholeMonths = toInt(exactMonths);
        int wholeDays = toInt(exactDays);
        double monthRemainderDays = roundMicro((exactMonths - wholeMonths) * DAYS_PER_MONTH);
        double secondRemainder =
                roundMicro(
                        (exactDays - wholeDays + monthRemainderDays - (int) monthRemainderDays)
                                * SECONDS_PER_DAY);
        if (Math.abs(secondRemainder) >= SECONDS_PER_DAY) {
            int carriedDays = (int) (secondRemainder / SECONDS_PER_DAY);
            wholeDays += carriedDays;
            secondRemainder -= (double) carriedDays * SECONDS_PER_DAY;
        }
        wholeDays += (int) monthRemainderDays;
        double time = Math.rint(exactMicros + secondRemainder * 1_000_000);
        if (Double.isNaN(time) || Math.abs(time) >= 0x1p63) {
            throw outOfRange();
        }
        return new Interval(wholeMonths, wholeDays, (long) time);
    }

    private static int toInt(double value) {
        if (Double.isNaN(value) || value > Integer.MAX_VALUE || value < Integer.MIN_VALUE) {
            throw outOfRange();
        }
        return (int) value;
    }

    private static double roundMicro(double value) {
        return Math.rint(value * 1_000_000) / 1_000_000;
    }

    private static QuorateException outOfRange() {
        return new QuorateException(ErrorCode.DATETIME_FIELD_OVERFLOW, "interval out of range");
    }
}
