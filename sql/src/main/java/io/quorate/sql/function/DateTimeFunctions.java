package io.quorate.sql.function;

import static io.quorate.sql.function.Args.doubleAt;
import static io.quorate.sql.function.Args.intAt;
import static io.quorate.sql.function.Args.intervalAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.DateTimes;
import io.quorate.sql.type.Interval;
import io.quorate.sql.type.Zones;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// The clock, the making of dates and times from their parts, ages, zones.
final class DateTimeFunctions {
    private DateTimeFunctions() {}

    static void register(Registry registry) {
        registry.function("now", (c, a) -> c.transactionMicros());
        registry.function("statement_timestamp", (c, a) -> c.statementMicros());
        registry.function("clock_timestamp", (c, a) -> c.clockMicros());
        making(registry);
        zones(registry);
        ages(registry);
        registry.function("date_finite", (c, a) -> DateTimes.isDateFinite(longAt(a, 0)));
        registry.function("timestamp_finite", (c, a) -> DateTimes.isTimestampFinite(longAt(a, 0)));
        registry.function("interval_finite", (c, a) -> true);
        registry.function("overlaps_timestamp", (c, a) -> overlaps(a));
        registry.function("overlaps_time", (c, a) -> overlaps(a));
    }

    private static void making(Registry registry) {
        registry.function("make_date", (c, a) -> makeDate(intAt(a, 0), intAt(a, 1), intAt(a, 2)));
        registry.function(
                "make_time", (c, a) -> makeTime(intAt(a, 0), intAt(a, 1), doubleAt(a, 2)));
        registry.function("make_timestamp", (c, a) -> makeTimestamp(a));
        registry.function(
                "make_timestamptz", (c, a) -> DateTimes.toUtc(makeTimestamp(a), c.format().zone()));
        registry.function(
                "make_timestamptz_at_timezone",
                (c, a) -> DateTimes.toUtc(makeTimestamp(a), Zones.parse(textAt(a, 6))));
        registry.function("make_interval", (c, a) -> makeInterval(a));
        registry.function("float8_timestamptz", (c, a) -> ofEpoch(doubleAt(a, 0)));
    }

    private static void zones(Registry registry) {
        registry.function(
                "timestamp_zone",
                (c, a) -> DateTimes.toUtc(longAt(a, 1), Zones.parse(textAt(a, 0))));
        registry.function(
                "timestamptz_zone",
                (c, a) -> DateTimes.toLocal(longAt(a, 1), Zones.parse(textAt(a, 0))));
        registry.function(
                "timestamp_izone",
                (c, a) -> DateTimes.toUtc(longAt(a, 1), zoneOf(intervalAt(a, 0))));
        registry.function(
                "timestamptz_izone",
                (c, a) -> DateTimes.toLocal(longAt(a, 1), zoneOf(intervalAt(a, 0))));
    }

    private static void ages(Registry registry) {
        registry.function("timestamp_age", (c, a) -> age(longAt(a, 0), longAt(a, 1)));
        registry.function(
                "timestamptz_age",
                (c, a) -> {
                    ZoneId zone = c.format().zone();
                    return age(
                            DateTimes.toLocal(longAt(a, 0), zone),
                            DateTimes.toLocal(longAt(a, 1), zone));
                });
        registry.function("age(timestamp)", (c, a) -> age(today(c), longAt(a, 0)));
        registry.function(
                "age(timestamptz)",
                (c, a) -> age(today(c), DateTimes.toLocal(longAt(a, 0), c.format().zone())));
        registry.function("interval_justify_hours", (c, a) -> justifyHours(intervalAt(a, 0)));
        registry.function("interval_justify_days", (c, a) -> justifyDays(intervalAt(a, 0)));
        registry.function("interval_justify_interval", (c, a) -> justify(intervalAt(a, 0)));
    }

    /// Midnight of the transaction's day.
    private static long today(CallContext context) {
        long local = DateTimes.toLocal(context.transactionMicros(), context.format().zone());
        return DateTimes.dayOf(local) * DateTimes.MICROS_PER_DAY;
    }

    private static long makeDate(int year, int month, int day) {
        try {
            if (year == 0) {
                throw fieldOutOfRange("date", year, month, day);
            }
            LocalDate date = LocalDate.of(year < 0 ? year + 1 : year, month, day);
            return DateTimes.checkDate(DateTimes.fromLocalDate(date));
        } catch (DateTimeException invalid) {
            throw fieldOutOfRange("date", year, month, day);
        }
    }

    private static QuorateException fieldOutOfRange(String what, int year, int month, int day) {
        StringBuilder shown = new StringBuilder();
        shown.append(year).append(String.format("-%02d-%02d", month, day));
        return Mistakes.dateTimeOverflow(what + " field value out of range: " + shown);
    }

    private static long makeTime(int hour, int minute, double seconds) {
        boolean valid =
                hour >= 0
                        && minute >= 0
                        && minute < 60
                        && seconds >= 0
                        && seconds <= 60
                        && (hour < 24 || hour == 24 && minute == 0 && seconds == 0);
        if (!valid) {
            String shown =
                    String.format("%02d:%02d:", hour, minute)
                            + (seconds < 10 ? "0" : "")
                            + (seconds == Math.rint(seconds)
                                    ? Long.toString((long) seconds)
                                    : Double.toString(seconds));
            throw Mistakes.dateTimeOverflow("time field value out of range: " + shown);
        }
        return hour * DateTimes.MICROS_PER_HOUR
                + minute * DateTimes.MICROS_PER_MINUTE
                + (long) Math.rint(seconds * DateTimes.MICROS_PER_SECOND);
    }

    private static long makeTimestamp(@Nullable Object[] a) {
        return DateTimes.timestamp(
                makeDate(intAt(a, 0), intAt(a, 1), intAt(a, 2)),
                makeTime(intAt(a, 3), intAt(a, 4), doubleAt(a, 5)));
    }

    private static Interval makeInterval(@Nullable Object[] a) {
        try {
            long months = Math.addExact(longAt(a, 0) * 12, longAt(a, 1));
            long days = Math.addExact(longAt(a, 2) * 7, longAt(a, 3));
            double seconds = Math.rint(doubleAt(a, 6) * DateTimes.MICROS_PER_SECOND);
            long time =
                    longAt(a, 4) * DateTimes.MICROS_PER_HOUR
                            + longAt(a, 5) * DateTimes.MICROS_PER_MINUTE;
            if (Double.isNaN(seconds) || Math.abs(seconds) >= 0x1p63) {
                throw new ArithmeticException();
            }
            return new Interval(
                    Math.toIntExact(months),
                    Math.toIntExact(days),
                    Math.addExact(time, (long) seconds));
        } catch (ArithmeticException overflow) {
            throw Mistakes.dateTimeOverflow("interval out of range");
        }
    }

    private static long ofEpoch(double seconds) {
        if (Double.isNaN(seconds)) {
            throw Mistakes.dateTimeOverflow("timestamp cannot be NaN");
        }
        if (Double.isInfinite(seconds)) {
            return seconds > 0 ? DateTimes.TIMESTAMP_INFINITY : DateTimes.TIMESTAMP_MINUS_INFINITY;
        }
        double micros =
                Math.rint((seconds - DateTimes.EPOCH_SECONDS) * DateTimes.MICROS_PER_SECOND);
        if (micros < DateTimes.TIMESTAMP_MIN || micros >= DateTimes.TIMESTAMP_END) {
            throw Mistakes.dateTimeOverflow("timestamp out of range: \"" + seconds + "\"");
        }
        return (long) micros;
    }

    private static ZoneId zoneOf(Interval span) {
        if (span.months() != 0 || span.days() != 0) {
            throw Mistakes.invalidParameter("interval time zone must not include months or days");
        }
        return ZoneOffset.ofTotalSeconds((int) (span.micros() / DateTimes.MICROS_PER_SECOND));
    }

    /// Years, months, days and time between two wall clocks, as one would count them.
    private static Interval age(long later, long earlier) {
        if (!DateTimes.isTimestampFinite(later) || !DateTimes.isTimestampFinite(earlier)) {
            throw Mistakes.dateTimeOverflow("timestamp out of range");
        }
        if (later < earlier) {
            return age(earlier, later).negate();
        }
        LocalDate to = DateTimes.toLocalDate(DateTimes.dayOf(later));
        LocalDate from = DateTimes.toLocalDate(DateTimes.dayOf(earlier));
        long micros = DateTimes.microsOfDay(later) - DateTimes.microsOfDay(earlier);
        int days = to.getDayOfMonth() - from.getDayOfMonth();
        int months =
                (to.getYear() - from.getYear()) * 12 + to.getMonthValue() - from.getMonthValue();
        if (micros < 0) {
            micros += DateTimes.MICROS_PER_DAY;
            days--;
        }
        if (days < 0) {
            // A month is as long as the one in which the earlier day lies.
            days += from.lengthOfMonth();
            months--;
        }
        return new Interval(months, days, micros);
    }

    private static Interval justifyHours(Interval span) {
        long days = span.days() + span.micros() / DateTimes.MICROS_PER_DAY;
        long micros = span.micros() % DateTimes.MICROS_PER_DAY;
        if (days > 0 && micros < 0) {
            micros += DateTimes.MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= DateTimes.MICROS_PER_DAY;
            days++;
        }
        return new Interval(span.months(), (int) days, micros);
    }

    private static Interval justifyDays(Interval span) {
        int months = span.months() + span.days() / 30;
        int days = span.days() % 30;
        if (months > 0 && days < 0) {
            days += 30;
            months--;
        } else if (months < 0 && days > 0) {
            days -= 30;
            months++;
        }
        return new Interval(months, days, span.micros());
    }

    private static Interval justify(Interval span) {
        Interval inDays =
                new Interval(
                        span.months(),
                        (int) (span.days() + span.micros() / DateTimes.MICROS_PER_DAY),
                        span.micros() % DateTimes.MICROS_PER_DAY);
        int months = inDays.months() + inDays.days() / 30;
        int days = inDays.days() % 30;
        long micros = inDays.micros();
        if (months > 0 && (days < 0 || days == 0 && micros < 0)) {
            days += 30;
            months--;
        } else if (months < 0 && (days > 0 || days == 0 && micros > 0)) {
            days -= 30;
            months++;
        }
        if (days > 0 && micros < 0) {
            micros += DateTimes.MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= DateTimes.MICROS_PER_DAY;
            days++;
        }
        return new Interval(months, days, micros);
    }

    /// Two spans, each by its ends in any order; a null end makes the answer unknown.
    private static @Nullable Object overlaps(@Nullable Object[] a) {
        for (Object end : a) {
            if (end == null) {
                return null;
            }
        }
        long firstStart = Math.min(longAt(a, 0), longAt(a, 1));
        long firstEnd = Math.max(longAt(a, 0), longAt(a, 1));
        long secondStart = Math.min(longAt(a, 2), longAt(a, 3));
        long secondEnd = Math.max(longAt(a, 2), longAt(a, 3));
        if (firstStart == secondStart) {
            return true;
        }
        return firstStart < secondEnd && secondStart < firstEnd;
    }
}
