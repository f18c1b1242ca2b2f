package io.quorate.sql.type;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// The calendar behind date, time and timestamp: the proleptic Gregorian one, days and microseconds
/// counted from 2000-01-01.
public final class DateTimes {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    public static final long DATE_INFINITY = Integer.MAX_VALUE;
    public static final long DATE_MINUS_INFINITY = Integer.MIN_VALUE;
    public static final long TIMESTAMP_INFINITY = Long.MAX_VALUE;
    public static final long TIMESTAMP_MINUS_INFINITY = Long.MIN_VALUE;

    /// 4714-11-24 BC, day 0 of the Julian count.
    public static final long DATE_MIN = -2_451_545L;

    /// 5874897-12-31.
    public static final long DATE_MAX = 2_145_031_948L;

    /// 4714-11-24 00:00 BC.
    public static final long TIMESTAMP_MIN = -211_813_488_000_000_000L;

    /// The first microsecond of the year 294277, which is out of range.
    public static final long TIMESTAMP_END = 9_223_371_331_200_000_000L;

    /// Of the Unix epoch before 2000-01-01.
    public static final long EPOCH_SECONDS = 946_684_800L;

    static final long EPOCH_DAYS = 10_957L;

    private DateTimes() {}

    public static boolean isDateFinite(long days) {
        return days != DATE_INFINITY && days != DATE_MINUS_INFINITY;
    }

    public static boolean isTimestampFinite(long micros) {
        return micros != TIMESTAMP_INFINITY && micros != TIMESTAMP_MINUS_INFINITY;
    }

    public static LocalDate toLocalDate(long days) {
        return LocalDate.ofEpochDay(days + EPOCH_DAYS);
    }

    public static long fromLocalDate(LocalDate date) {
        return date.toEpochDay() - EPOCH_DAYS;
    }

    /// The date of a finite timestamp, as days.
    public static long dayOf(long micros) {
        return Math.floorDiv(micros, MICROS_PER_DAY);
    }

    /// The time of day of a finite timestamp.
    public static long microsOfDay(long micros) {
        return Math.floorMod(micros, MICROS_PER_DAY);
    }

    /// 22008 outside of the range of dates.
    public static long checkDate(long days) {
        if (days < DATE_MIN || days > DATE_MAX) {
            throw TypeErrors.dateTimeOverflow("date out of range");
        }
        return days;
    }

    /// 22008 outside of the range of timestamps.
    public static long checkTimestamp(long micros) {
        if (micros < TIMESTAMP_MIN || micros >= TIMESTAMP_END) {
            throw timestampOutOfRange();
        }
        return micros;
    }

    /// A timestamp of a day and a time; 22008 outside of the range.
    public static long timestamp(long days, long microsOfDay) {
        long micros;
        try {
            micros = Math.addExact(Math.multiplyExact(days, MICROS_PER_DAY), microsOfDay);
        } catch (ArithmeticException overflow) {
            throw timestampOutOfRange();
        }
        return checkTimestamp(micros);
    }

    /// The wall clock of a zone at an instant.
    public static long toLocal(long utcMicros, ZoneId zone) {
        if (!isTimestampFinite(utcMicros)) {
            return utcMicros;
        }
        return utcMicros + offsetSeconds(utcMicros, zone) * MICROS_PER_SECOND;
    }

    /// The instant at which the wall clock of a zone shows a time. In the hour that summer time
    /// skips the clock is read as if not yet moved; of the hour that comes twice, the second is
    /// meant.
    public static long toUtc(long localMicros, ZoneId zone) {
        if (!isTimestampFinite(localMicros)) {
            return localMicros;
        }
        LocalDateTime local = toLocalDateTime(localMicros);
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition transition = rules.getTransition(local);
        ZoneOffset offset;
        if (transition == null) {
            offset = rules.getOffset(local);
        } else {
            offset =
                    transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter();
        }
        return checkTimestamp(localMicros - offset.getTotalSeconds() * MICROS_PER_SECOND);
    }

    /// East of Greenwich positive.
    public static long offsetSeconds(long utcMicros, ZoneId zone) {
        long seconds = Math.floorDiv(utcMicros, MICROS_PER_SECOND) + EPOCH_SECONDS;
        return zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    }

    public static LocalDateTime toLocalDateTime(long micros) {
        return LocalDateTime.of(
                toLocalDate(dayOf(micros)), LocalTime.ofNanoOfDay(microsOfDay(micros) * 1000));
    }

    /// Microseconds rounded to a number of digits after the second, half away from zero.
    public static long roundMicros(long micros, int precision) {
        if (precision >= 6) {
            return micros;
        }
        long unit = 1;
        for (int i = precision; i < 6; i++) {
            unit *= 10;
        }
        return micros >= 0
                ? (micros + unit / 2) / unit * unit
                : -((-micros + unit / 2) / unit * unit);
    }

    static RuntimeException timestampOutOfRange() {
        return TypeErrors.dateTimeOverflow("timestamp out of range");
    }
}
