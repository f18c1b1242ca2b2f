package io.quorate.sql.function;

import static io.quorate.sql.function.Args.intervalAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.DateTimes;
import io.quorate.sql.type.Interval;
import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Zones;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `extract`, `date_part` and `date_trunc`.
final class DateTimeFields {
    private static final long JULIAN_OF_2000 = 2_451_545L;
    private static final BigDecimal DAYS_PER_YEAR = new BigDecimal("365.25");

    private DateTimeFields() {}

    static void register(Registry registry) {
        registry.function("extract_date", (c, a) -> ofDate(field(a), longAt(a, 1), SqlType.DATE));
        registry.function("extract_time", (c, a) -> ofTime(field(a), longAt(a, 1)));
        registry.function(
                "extract_timestamp",
                (c, a) -> ofTimestamp(field(a), longAt(a, 1), SqlType.TIMESTAMP));
        registry.function(
                "extract_timestamptz", (c, a) -> ofTimestamptz(c, field(a), longAt(a, 1)));
        registry.function("extract_interval", (c, a) -> ofInterval(field(a), intervalAt(a, 1)));
        registry.function(
                "date_part(text,date)",
                (c, a) ->
                        toDouble(
                                ofTimestamp(
                                        field(a),
                                        DateTimeArithmetic.midnight(longAt(a, 1)),
                                        SqlType.TIMESTAMP)));
        registry.function("time_part", (c, a) -> toDouble(ofTime(field(a), longAt(a, 1))));
        registry.function(
                "timestamp_part",
                (c, a) -> toDouble(ofTimestamp(field(a), longAt(a, 1), SqlType.TIMESTAMP)));
        registry.function(
                "timestamptz_part", (c, a) -> toDouble(ofTimestamptz(c, field(a), longAt(a, 1))));
        registry.function(
                "interval_part", (c, a) -> toDouble(ofInterval(field(a), intervalAt(a, 1))));
        registry.function(
                "timestamp_trunc", (c, a) -> truncate(field(a), longAt(a, 1), SqlType.TIMESTAMP));
        registry.function(
                "timestamptz_trunc",
                (c, a) -> truncateZoned(field(a), longAt(a, 1), c.format().zone()));
        registry.function(
                "timestamptz_trunc_zone",
                (c, a) -> truncateZoned(field(a), longAt(a, 1), Zones.parse(textAt(a, 2))));
        registry.function("interval_trunc", (c, a) -> truncate(field(a), intervalAt(a, 1)));
    }

    /// The field's name in the singular and in lower case.
    private static String field(@Nullable Object[] a) {
        String name = textAt(a, 0).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "years", "y", "yr", "yrs" -> "year";
            case "months", "mon", "mons" -> "month";
            case "days", "d" -> "day";
            case "hours", "h", "hr", "hrs" -> "hour";
            case "minutes", "m", "min", "mins" -> "minute";
            case "seconds", "s", "sec", "secs" -> "second";
            case "milliseconds", "ms", "msec", "msecs", "millisecond" -> "milliseconds";
            case "microseconds", "us", "usec", "usecs", "microsecond" -> "microseconds";
            case "weeks", "w" -> "week";
            case "quarters", "qtr" -> "quarter";
            case "decades", "dec", "decs" -> "decade";
            case "centuries", "c", "cent" -> "century";
            case "millennia", "mil", "mils" -> "millennium";
            default -> name;
        };
    }

    private static @Nullable Object toDouble(@Nullable Object value) {
        return value == null ? null : ((Numeric) value).toDouble();
    }

    /// Of a date the fields of time are no fields at all.
    private static @Nullable Numeric ofDate(String field, long days, SqlType type) {
        return switch (field) {
            case "hour", "minute", "second", "milliseconds", "microseconds" ->
                    throw unsupported(field, type);
            case "timezone", "timezone_hour", "timezone_minute" -> throw unsupported(field, type);
            default -> {
                Numeric value = ofTimestamp(field, DateTimeArithmetic.midnight(days), type);
                // Whole days since the epoch have no fraction to show.
                yield value != null && (field.equals("epoch") || field.equals("julian"))
                        ? value.round(0)
                        : value;
            }
        };
    }

    private static @Nullable Numeric ofTimestamp(String field, long local, SqlType type) {
        if (!DateTimes.isTimestampFinite(local)) {
            return ofInfinity(field, local > 0, type);
        }
        long micros = DateTimes.microsOfDay(local);
        LocalDate date = DateTimes.toLocalDate(DateTimes.dayOf(local));
        return switch (field) {
            case "epoch" -> seconds(local).add(Numeric.of(DateTimes.EPOCH_SECONDS));
            case "julian" -> julian(DateTimes.dayOf(local), micros);
            case "hour", "minute", "second", "milliseconds", "microseconds" ->
                    ofTimeOfDay(field, micros);
            default -> Numeric.of(ofDay(field, date, type));
        };
    }

    private static long ofDay(String field, LocalDate date, SqlType type) {
        int year = date.getYear();
        // Years before Christ count backwards from -1.
        int shownYear = year > 0 ? year : year - 1;
        return switch (field) {
            case "year" -> shownYear;
            case "month" -> date.getMonthValue();
            case "day" -> date.getDayOfMonth();
            case "quarter" -> (date.getMonthValue() - 1) / 3 + 1;
            case "dow" -> date.getDayOfWeek().getValue() % 7;
            case "isodow" -> date.getDayOfWeek().getValue();
            case "doy" -> date.getDayOfYear();
            case "week" -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "isoyear" -> {
                int isoYear = date.get(IsoFields.WEEK_BASED_YEAR);
                yield isoYear > 0 ? isoYear : isoYear - 1;
            }
            case "decade" -> Math.floorDiv(year, 10);
            case "century" -> shownYear > 0 ? (shownYear + 99) / 100 : -((99 - shownYear) / 100);
            case "millennium" ->
                    shownYear > 0 ? (shownYear + 999) / 1000 : -((999 - shownYear) / 1000);
            case "timezone", "timezone_hour", "timezone_minute" -> throw unsupported(field, type);
            default -> throw unknown(field, type);
        };
    }

    private static @Nullable Numeric ofTimestamptz(
            CallContext context, String field, long instant) {
        boolean finite = DateTimes.isTimestampFinite(instant);
        if (!finite || field.equals("epoch")) {
            return ofTimestamp(field, instant, SqlType.TIMESTAMPTZ);
        }
        long offset = DateTimes.offsetSeconds(instant, context.format().zone());
        return switch (field) {
            case "timezone" -> Numeric.of(offset);
            case "timezone_hour" -> Numeric.of(offset / 3600);
            case "timezone_minute" -> Numeric.of(offset / 60 % 60);
            default -> {
                long local = instant + offset * DateTimes.MICROS_PER_SECOND;
                yield ofTimestamp(field, local, SqlType.TIMESTAMPTZ);
            }
        };
    }

    /// What grows without end is infinite, what goes round is null.
    private static @Nullable Numeric ofInfinity(String field, boolean positive, SqlType type) {
        return switch (field) {
            case "hour", "minute", "second", "milliseconds", "microseconds" -> null;
            case "month", "day", "quarter", "dow", "isodow", "doy", "week" -> null;
            case "timezone", "timezone_hour", "timezone_minute" -> null;
            case "year", "isoyear", "decade", "century", "millennium", "epoch", "julian" ->
                    positive ? Numeric.POSITIVE_INFINITY : Numeric.NEGATIVE_INFINITY;
            default -> throw unknown(field, type);
        };
    }

    private static Numeric ofTime(String field, long micros) {
        return switch (field) {
            case "epoch" -> seconds(micros);
            case "hour", "minute", "second", "milliseconds", "microseconds" ->
                    ofTimeOfDay(field, micros);
            case "day", "month", "year", "quarter", "week", "dow", "doy", "isodow", "decade" ->
                    throw unsupported(field, SqlType.TIME);
            case "century", "millennium", "isoyear", "julian" ->
                    throw unsupported(field, SqlType.TIME);
            case "timezone", "timezone_hour", "timezone_minute" ->
                    throw unsupported(field, SqlType.TIME);
            default -> throw unknown(field, SqlType.TIME);
        };
    }

    private static Numeric ofTimeOfDay(String field, long micros) {
        return switch (field) {
            case "hour" -> Numeric.of(micros / DateTimes.MICROS_PER_HOUR);
            case "minute" -> Numeric.of(micros / DateTimes.MICROS_PER_MINUTE % 60);
            case "second" -> seconds(micros % DateTimes.MICROS_PER_MINUTE);
            case "milliseconds" ->
                    Numeric.of(BigDecimal.valueOf(micros % DateTimes.MICROS_PER_MINUTE, 3));
            default -> Numeric.of(micros % DateTimes.MICROS_PER_MINUTE);
        };
    }

    private static Numeric ofInterval(String field, Interval span) {
        long months = span.months();
        return switch (field) {
            case "year" -> Numeric.of(months / 12);
            case "month" -> Numeric.of(months % 12);
            case "quarter" -> Numeric.of(months % 12 / 3 + 1);
            case "day" -> Numeric.of(span.days());
            case "decade" -> Numeric.of(months / 12 / 10);
            case "century" -> Numeric.of(months / 12 / 100);
            case "millennium" -> Numeric.of(months / 12 / 1000);
            case "hour", "minute", "second", "milliseconds", "microseconds" ->
                    ofTimeOfDay(field, span.micros());
            case "epoch" -> {
                // A year counts 365.25 days here, a month 30.
                BigDecimal days =
                        DAYS_PER_YEAR
                                .multiply(BigDecimal.valueOf(months / 12))
                                .add(BigDecimal.valueOf(months % 12 * 30 + span.days()));
                BigDecimal wholeSeconds = days.multiply(BigDecimal.valueOf(86_400)).setScale(6);
                yield Numeric.of(wholeSeconds.add(BigDecimal.valueOf(span.micros(), 6)));
            }
            case "dow", "doy", "isodow", "week", "isoyear", "julian" ->
                    throw unsupported(field, SqlType.INTERVAL);
            case "timezone", "timezone_hour", "timezone_minute" ->
                    throw unsupported(field, SqlType.INTERVAL);
            default -> throw unknown(field, SqlType.INTERVAL);
        };
    }

    /// With the six digits after the point that microseconds have.
    private static Numeric seconds(long micros) {
        return Numeric.of(BigDecimal.valueOf(micros, 6));
    }

    private static Numeric julian(long days, long micros) {
        Numeric whole = Numeric.of(days + JULIAN_OF_2000);
        if (micros == 0) {
            return whole.add(Numeric.of(0).divide(Numeric.of(DateTimes.MICROS_PER_DAY)));
        }
        return whole.add(Numeric.of(micros).divide(Numeric.of(DateTimes.MICROS_PER_DAY)));
    }

    private static long truncateZoned(String field, long instant, ZoneId zone) {
        if (!DateTimes.isTimestampFinite(instant)) {
            return instant;
        }
        long local = DateTimes.toLocal(instant, zone);
        long cut = truncate(field, local, SqlType.TIMESTAMPTZ);
        // Within a day the offset stays: an hour that comes twice is not mixed up.
        return switch (field) {
            case "hour", "minute", "second", "milliseconds", "microseconds" ->
                    instant - (local - cut);
            default -> DateTimes.toUtc(cut, zone);
        };
    }

    private static long truncate(String field, long local, SqlType type) {
        if (!DateTimes.isTimestampFinite(local)) {
            return local;
        }
        long unit = unitMicros(field);
        if (unit > 0) {
            return Math.floorDiv(local, unit) * unit;
        }
        LocalDate date = DateTimes.toLocalDate(DateTimes.dayOf(local));
        int year = date.getYear();
        LocalDate first =
                switch (field) {
                    case "week" -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case "month" -> date.withDayOfMonth(1);
                    case "quarter" -> LocalDate.of(year, (date.getMonthValue() - 1) / 3 * 3 + 1, 1);
                    case "year" -> LocalDate.of(year, 1, 1);
                    case "decade" -> LocalDate.of(Math.floorDiv(year, 10) * 10, 1, 1);
                    case "century" -> LocalDate.of(Math.floorDiv(year - 1, 100) * 100 + 1, 1, 1);
                    case "millennium" ->
                            LocalDate.of(Math.floorDiv(year - 1, 1000) * 1000 + 1, 1, 1);
                    default -> throw unknownOrUnsupported(field, type);
                };
        return DateTimes.timestamp(DateTimes.fromLocalDate(first), 0);
    }

    /// 0 for what is no fixed span.
    private static long unitMicros(String field) {
        return switch (field) {
            case "microseconds" -> 1;
            case "milliseconds" -> 1000;
            case "second" -> DateTimes.MICROS_PER_SECOND;
            case "minute" -> DateTimes.MICROS_PER_MINUTE;
            case "hour" -> DateTimes.MICROS_PER_HOUR;
            case "day" -> DateTimes.MICROS_PER_DAY;
            default -> 0;
        };
    }

    private static Interval truncate(String field, Interval span) {
        int months = span.months();
        return switch (field) {
            case "millennium" -> new Interval(months / 12_000 * 12_000, 0, 0);
            case "century" -> new Interval(months / 1200 * 1200, 0, 0);
            case "decade" -> new Interval(months / 120 * 120, 0, 0);
            case "year" -> new Interval(months / 12 * 12, 0, 0);
            case "quarter" -> new Interval(months / 3 * 3, 0, 0);
            case "month" -> new Interval(months, 0, 0);
            case "day" -> new Interval(months, span.days(), 0);
            default -> {
                long unit = unitMicros(field);
                if (unit == 0) {
                    throw unknownOrUnsupported(field, SqlType.INTERVAL);
                }
                yield new Interval(months, span.days(), span.micros() / unit * unit);
            }
        };
    }

    private static QuorateException unknownOrUnsupported(String field, SqlType type) {
        return switch (field) {
            case "week" ->
                    unsupported(field, type).withDetail("Months usually have fractional weeks.");
            case "timezone", "timezone_hour", "timezone_minute" -> unsupported(field, type);
            default -> unknown(field, type);
        };
    }

    private static QuorateException unsupported(String field, SqlType type) {
        return Mistakes.unsupported(
                "unit \"" + field + "\" not supported for type " + type.format());
    }

    private static QuorateException unknown(String field, SqlType type) {
        return new QuorateException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "unit \"" + field + "\" not recognized for type " + type.format());
    }
}
