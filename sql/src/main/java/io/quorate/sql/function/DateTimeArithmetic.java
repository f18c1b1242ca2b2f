package io.quorate.sql.function;

import static io.quorate.sql.function.Args.doubleAt;
import static io.quorate.sql.function.Args.intervalAt;
import static io.quorate.sql.function.Args.longAt;

import io.quorate.sql.type.DateTimes;
import io.quorate.sql.type.Interval;
import java.time.LocalDate;
import java.time.ZoneId;

/// Operators of dates, times and intervals. Months are added first, cut to the end of the month,
/// then days, then the time; with time zone all but the time is reckoned on the wall clock.
final class DateTimeArithmetic {
    private DateTimeArithmetic() {}

    static void register(Registry registry) {
        dates(registry);
        timestamps(registry);
        times(registry);
        intervals(registry);
    }

    private static void dates(Registry registry) {
        registry.function("date_pli", (c, a) -> addDays(longAt(a, 0), longAt(a, 1)));
        registry.function(
                "integer_pl_date(int4,date)", (c, a) -> addDays(longAt(a, 1), longAt(a, 0)));
        registry.function("date_mii", (c, a) -> addDays(longAt(a, 0), -longAt(a, 1)));
        registry.function(
                "date_mi",
                (c, a) -> {
                    if (!DateTimes.isDateFinite(longAt(a, 0))
                            || !DateTimes.isDateFinite(longAt(a, 1))) {
                        throw Mistakes.dateTimeOverflow("cannot subtract infinite dates");
                    }
                    return longAt(a, 0) - longAt(a, 1);
                });
        registry.function(
                "date_pl_interval", (c, a) -> add(midnight(longAt(a, 0)), intervalAt(a, 1)));
        registry.function(
                "date_mi_interval",
                (c, a) -> add(midnight(longAt(a, 0)), intervalAt(a, 1).negate()));
        registry.function(
                "interval_pl_date(interval,date)",
                (c, a) -> add(midnight(longAt(a, 1)), intervalAt(a, 0)));
        registry.function("datetime_timestamp", (c, a) -> dateAndTime(longAt(a, 0), longAt(a, 1)));
        registry.function(
                "timedate_pl(time,date)", (c, a) -> dateAndTime(longAt(a, 1), longAt(a, 0)));
    }

    private static void timestamps(Registry registry) {
        registry.function("timestamp_pl_interval", (c, a) -> add(longAt(a, 0), intervalAt(a, 1)));
        registry.function(
                "timestamp_mi_interval", (c, a) -> add(longAt(a, 0), intervalAt(a, 1).negate()));
        registry.function(
                "interval_pl_timestamp(interval,timestamp)",
                (c, a) -> add(longAt(a, 1), intervalAt(a, 0)));
        registry.function(
                "timestamptz_pl_interval",
                (c, a) -> addZoned(longAt(a, 0), intervalAt(a, 1), c.format().zone()));
        registry.function(
                "timestamptz_mi_interval",
                (c, a) -> addZoned(longAt(a, 0), intervalAt(a, 1).negate(), c.format().zone()));
        registry.function(
                "interval_pl_timestamptz(interval,timestamptz)",
                (c, a) -> addZoned(longAt(a, 1), intervalAt(a, 0), c.format().zone()));
        registry.function("timestamp_mi", (c, a) -> subtract(longAt(a, 0), longAt(a, 1)));
    }

    private static void times(Registry registry) {
        registry.function(
                "time_pl_interval", (c, a) -> onClock(longAt(a, 0) + intervalAt(a, 1).micros()));
        registry.function(
                "time_mi_interval", (c, a) -> onClock(longAt(a, 0) - intervalAt(a, 1).micros()));
        registry.function(
                "interval_pl_time(interval,time)",
                (c, a) -> onClock(longAt(a, 1) + intervalAt(a, 0).micros()));
        registry.function(
                "time_mi_time", (c, a) -> new Interval(0, 0, longAt(a, 0) - longAt(a, 1)));
    }

    private static void intervals(Registry registry) {
        registry.function("interval_pl", (c, a) -> intervalAt(a, 0).plus(intervalAt(a, 1)));
        registry.function("interval_mi", (c, a) -> intervalAt(a, 0).minus(intervalAt(a, 1)));
        registry.function("interval_um", (c, a) -> intervalAt(a, 0).negate());
        registry.function("interval_mul", (c, a) -> intervalAt(a, 0).times(doubleAt(a, 1)));
        registry.function("mul_d_interval", (c, a) -> intervalAt(a, 1).times(doubleAt(a, 0)));
        registry.function("interval_div", (c, a) -> intervalAt(a, 0).dividedBy(doubleAt(a, 1)));
    }

    private static long addDays(long date, long days) {
        return DateTimes.isDateFinite(date) ? DateTimes.checkDate(date + days) : date;
    }

    static long midnight(long date) {
        return dateAndTime(date, 0);
    }

    private static long dateAndTime(long date, long time) {
        if (!DateTimes.isDateFinite(date)) {
            return date > 0 ? DateTimes.TIMESTAMP_INFINITY : DateTimes.TIMESTAMP_MINUS_INFINITY;
        }
        return DateTimes.timestamp(date, time);
    }

    private static long onClock(long micros) {
        return Math.floorMod(micros, DateTimes.MICROS_PER_DAY);
    }

    /// On the wall clock.
    static long add(long timestamp, Interval span) {
        if (!DateTimes.isTimestampFinite(timestamp)) {
            return timestamp;
        }
        long days = DateTimes.dayOf(timestamp);
        if (span.months() != 0) {
            LocalDate moved = DateTimes.toLocalDate(days).plusMonths(span.months());
            days = DateTimes.fromLocalDate(moved);
        }
        long whole = DateTimes.timestamp(days + span.days(), DateTimes.microsOfDay(timestamp));
        try {
            return DateTimes.checkTimestamp(Math.addExact(whole, span.micros()));
        } catch (ArithmeticException overflow) {
            throw Mistakes.dateTimeOverflow("timestamp out of range");
        }
    }

    /// Months and days on the zone's wall clock, the time as it passes.
    static long addZoned(long instant, Interval span, ZoneId zone) {
        if (!DateTimes.isTimestampFinite(instant)) {
            return instant;
        }
        long moved = instant;
        if (span.months() != 0 || span.days() != 0) {
            Interval days = new Interval(span.months(), span.days(), 0);
            moved = DateTimes.toUtc(add(DateTimes.toLocal(instant, zone), days), zone);
        }
        return add(moved, new Interval(0, 0, span.micros()));
    }

    /// Whole days and a time of the same sign.
    private static Interval subtract(long left, long right) {
        if (!DateTimes.isTimestampFinite(left) || !DateTimes.isTimestampFinite(right)) {
            throw Mistakes.dateTimeOverflow("cannot subtract infinite timestamps");
        }
        long micros;
        try {
            micros = Math.subtractExact(left, right);
        } catch (ArithmeticException overflow) {
            throw Mistakes.dateTimeOverflow("interval out of range");
        }
        return new Interval(
                0, (int) (micros / DateTimes.MICROS_PER_DAY), micros % DateTimes.MICROS_PER_DAY);
    }
}
