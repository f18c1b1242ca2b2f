package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Intervals as text: read in PostgreSQL's, the SQL standard's and ISO 8601's forms, written in the
/// `postgres` style.
final class IntervalText {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:(?<time>[+-]?\\d+:\\d+(?::\\d+(?:\\.\\d*)?|\\.\\d+)?(?::\\d+)?)"
                            + "|(?<years>[+-]?\\d+)-(?<months>\\d+)"
                            + "|(?<number>[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)"
                            + "|(?<word>[A-Za-z]+)|(?<at>@))");
    private static final Pattern ISO_FIELD =
            Pattern.compile("([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))([YMWDHS])|T");
    private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(DateTimes.MICROS_PER_DAY);

    private final String text;
    private final int range;
    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;
    private boolean negate;

    private IntervalText(String text, int range) {
        this.text = text;
        this.range = range;
    }

    /// 22007 for what is no interval, 22015 for what is too long. A number without a unit takes the
    /// last field of the modifier's range, or seconds.
    static Interval parse(String text, int typmod) {
        IntervalText parser = new IntervalText(text, Typmods.intervalRange(typmod));
        String stripped = NumberText.stripBlanks(text);
        if (stripped.startsWith("P")) {
            parser.parseIso(stripped);
        } else {
            parser.parseFields(stripped);
        }
        return fit(parser.finish(), typmod);
    }

    /// Leaves out the fields that the modifier does not keep and rounds the seconds.
    static Interval fit(Interval value, int typmod) {
        int fields = Typmods.intervalRange(typmod);
        int months = value.months();
        int days = value.days();
        long micros = value.micros();
        if (fields != Typmods.intervalRange(Typmods.NONE)) {
            if (fields == Typmods.INTERVAL_YEAR) {
                return new Interval(months / 12 * 12, 0, 0);
            }
            if ((fields & (Typmods.INTERVAL_DAY - 1)) == fields) {
                return new Interval(months, 0, 0);
            }
            if (fields == Typmods.INTERVAL_DAY) {
                micros = 0;
            } else if ((fields & (Typmods.INTERVAL_MINUTE | Typmods.INTERVAL_SECOND)) == 0) {
                micros = micros / DateTimes.MICROS_PER_HOUR * DateTimes.MICROS_PER_HOUR;
            } else if ((fields & Typmods.INTERVAL_SECOND) == 0) {
                micros = micros / DateTimes.MICROS_PER_MINUTE * DateTimes.MICROS_PER_MINUTE;
            }
        }
        micros = DateTimes.roundMicros(micros, Typmods.intervalPrecision(typmod));
        return new Interval(months, days, micros);
    }

    static String format(Interval interval) {
        StringBuilder out = new StringBuilder();
        boolean before = appendPart(out, interval.months() / 12, "year", false);
        before = appendPart(out, interval.months() % 12, "mon", before);
        before = appendPart(out, interval.days(), "day", before);
        long time = interval.micros();
        if (out.isEmpty() || time != 0) {
            if (!out.isEmpty()) {
                out.append(' ');
            }
            out.append(time < 0 ? "-" : before ? "+" : "");
            appendTime(out, time);
        }
        return out.toString();
    }

    /// Answers whether the next part must show its plus sign: it does after a negative one.
    private static boolean appendPart(StringBuilder out, long value, String unit, boolean before) {
        if (value == 0) {
            return before;
        }
        if (!out.isEmpty()) {
            out.append(' ');
        }
        if (before && value > 0) {
            out.append('+');
        }
        out.append(value).append(' ').append(unit).append(value == 1 ? "" : "s");
        return value < 0;
    }

    private static void appendTime(StringBuilder out, long time) {
        // The quotients stay negative, for the smallest long has no positive twin.
        DateTimeText.appendPadded(out, Math.abs(time / DateTimes.MICROS_PER_HOUR), 2);
        long minutes = Math.abs(time / DateTimes.MICROS_PER_MINUTE % 60);
        DateTimeText.appendPadded(out.append(':'), minutes, 2);
        long seconds = Math.abs(time / DateTimes.MICROS_PER_SECOND % 60);
        DateTimeText.appendPadded(out.append(':'), seconds, 2);
        DateTimeText.appendFraction(out, Math.abs(time % DateTimes.MICROS_PER_SECOND));
    }

    private void parseFields(String input) {
        Matcher token = TOKEN.matcher(input);
        BigDecimal pending = null;
        int position = 0;
        boolean any = false;
        while (position < input.length()) {
            token.region(position, input.length());
            if (!token.lookingAt()) {
                throw invalid();
            }
            position = token.end();
            if (token.group("at") != null) {
                continue;
            }
            String word = token.group("word");
            if (word != null) {
                if (word.equalsIgnoreCase("ago")) {
                    negate = true;
                } else {
                    add(pending, unitOf(word));
                    pending = null;
                }
            } else {
                if (pending != null) {
                    // `1 2:03` is a day and a time.
                    boolean beforeTime = token.group("time") != null;
                    if (!beforeTime) {
                        throw invalid();
                    }
                    add(pending, "day");
                    pending = null;
                }
                pending = number(token);
            }
            any = true;
        }
        if (pending != null) {
            add(pending, defaultUnit());
        }
        if (!any) {
            throw invalid();
        }
    }

    /// Takes a time or years and months at once; answers a plain number, whose unit follows.
    private @Nullable BigDecimal number(Matcher token) {
        if (token.group("time") != null) {
            addTime(token.group("time"));
            return null;
        }
        if (token.group("years") != null) {
            String years = token.group("years");
            add(new BigDecimal(years), "year");
            BigDecimal rest = new BigDecimal(token.group("months"));
            add(years.startsWith("-") ? rest.negate() : rest, "month");
            return null;
        }
        return new BigDecimal(token.group("number"));
    }

    /// `4:05` is hours and minutes, unless the range ends in seconds only (`minute to second`) or
    /// the second part has a fraction.
    private void addTime(String time) {
        boolean negative = time.startsWith("-");
        String[] parts = time.replaceFirst("^[+-]", "").split(":");
        BigDecimal sum;
        if (parts.length == 2 && (parts[1].contains(".") || isMinuteToSecond())) {
            sum = timePart(parts[0], DateTimes.MICROS_PER_MINUTE);
            sum = sum.add(timePart(parts[1], DateTimes.MICROS_PER_SECOND));
        } else {
            sum = timePart(parts[0], DateTimes.MICROS_PER_HOUR);
            sum = sum.add(below60(timePart(parts[1], DateTimes.MICROS_PER_MINUTE), 60));
            if (parts.length > 2) {
                sum = sum.add(below60(timePart(parts[2], DateTimes.MICROS_PER_SECOND), 1));
            }
        }
        micros = micros.add(negative ? sum.negate() : sum);
    }

    private BigDecimal below60(BigDecimal partMicros, int unitSeconds) {
        BigDecimal limit = BigDecimal.valueOf(60L * unitSeconds * DateTimes.MICROS_PER_SECOND);
        if (partMicros.compareTo(limit) >= 0) {
            throw outOfRange();
        }
        return partMicros;
    }

    private boolean isMinuteToSecond() {
        return range == (Typmods.INTERVAL_MINUTE | Typmods.INTERVAL_SECOND);
    }

    private static BigDecimal timePart(String digits, long unitMicros) {
        return new BigDecimal(digits)
                .multiply(BigDecimal.valueOf(unitMicros))
                .setScale(0, RoundingMode.HALF_EVEN);
    }

    private void parseIso(String input) {
        String fields = input.substring(1);
        if (fields.isEmpty()) {
            throw invalid();
        }
        Matcher field = ISO_FIELD.matcher(fields);
        boolean inTime = false;
        int position = 0;
        while (position < fields.length()) {
            field.region(position, fields.length());
            if (!field.lookingAt()) {
                throw invalid();
            }
            position = field.end();
            if (field.group(2) == null) {
                inTime = true;
                continue;
            }
            add(new BigDecimal(field.group(1)), isoUnit(field.group(2), inTime));
        }
    }

    private String isoUnit(String letter, boolean inTime) {
        return switch (letter) {
            case "Y" -> "year";
            case "W" -> "week";
            case "D" -> "day";
            case "H" -> "hour";
            case "S" -> "second";
            default -> inTime ? "minute" : "month";
        };
    }

    /// Fractions of months go on as days of thirtieths, fractions of days as time.
    private void add(@Nullable BigDecimal amount, String unit) {
        if (amount == null) {
            throw invalid();
        }
        switch (unit) {
            case "microsecond" -> addMicros(amount, 1);
            case "millisecond" -> addMicros(amount, 1_000);
            case "second" -> addMicros(amount, DateTimes.MICROS_PER_SECOND);
            case "minute" -> addMicros(amount, DateTimes.MICROS_PER_MINUTE);
            case "hour" -> addMicros(amount, DateTimes.MICROS_PER_HOUR);
            case "day" -> addDays(amount);
            case "week" -> addDays(amount.multiply(BigDecimal.valueOf(7)));
            case "month" -> {
                BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
                months = months.add(whole);
                addDays(amount.subtract(whole).multiply(BigDecimal.valueOf(30)));
            }
            case "year" -> addYears(amount, 1);
            case "decade" -> addYears(amount, 10);
            case "century" -> addYears(amount, 100);
            default -> addYears(amount, 1000);
        }
    }

    private void addMicros(BigDecimal amount, long unitMicros) {
        BigDecimal exact = amount.multiply(BigDecimal.valueOf(unitMicros));
        micros = micros.add(exact.setScale(0, RoundingMode.HALF_EVEN));
    }

    private void addDays(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
        days = days.add(whole);
        BigDecimal rest = amount.subtract(whole).multiply(MICROS_PER_DAY);
        micros = micros.add(rest.setScale(0, RoundingMode.HALF_EVEN));
    }

    private void addYears(BigDecimal amount, int unitYears) {
        BigDecimal exact = amount.multiply(BigDecimal.valueOf(12L * unitYears));
        months = months.add(exact.setScale(0, RoundingMode.HALF_EVEN));
    }

    private String defaultUnit() {
        if ((range & Typmods.INTERVAL_SECOND) != 0) {
            return "second";
        }
        if ((range & Typmods.INTERVAL_MINUTE) != 0) {
            return "minute";
        }
        if ((range & Typmods.INTERVAL_HOUR) != 0) {
            return "hour";
        }
        if ((range & Typmods.INTERVAL_DAY) != 0) {
            return "day";
        }
        return (range & Typmods.INTERVAL_MONTH) != 0 ? "month" : "year";
    }

    private String unitOf(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "us", "usec", "usecs", "useconds", "microsecond", "microsecon", "microseconds" ->
                    "microsecond";
            case "ms", "msec", "msecs", "mseconds", "millisecond", "milliseconds" -> "millisecond";
            case "s", "sec", "secs", "second", "seconds" -> "second";
            case "m", "min", "mins", "minute", "minutes" -> "minute";
            case "h", "hr", "hrs", "hour", "hours" -> "hour";
            case "d", "day", "days" -> "day";
            case "w", "week", "weeks" -> "week";
            case "mon", "mons", "month", "months" -> "month";
            case "y", "yr", "yrs", "year", "years" -> "year";
            case "dec", "decs", "decade", "decades" -> "decade";
            case "c", "cent", "century", "centuries" -> "century";
            case "mil", "mils", "millennia", "millennium" -> "millennium";
            default -> throw invalid();
        };
    }

    private Interval finish() {
        try {
            BigDecimal sign = negate ? BigDecimal.ONE.negate() : BigDecimal.ONE;
            return new Interval(
                    months.multiply(sign).intValueExact(),
                    days.multiply(sign).intValueExact(),
                    micros.multiply(sign).longValueExact());
        } catch (ArithmeticException tooLong) {
            throw outOfRange();
        }
    }

    private QuorateException invalid() {
        return new QuorateException(
                ErrorCode.INVALID_DATETIME_FORMAT,
                "invalid input syntax for type interval: \"" + text + "\"");
    }

    private QuorateException outOfRange() {
        return new QuorateException(
                ErrorCode.INTERVAL_FIELD_OVERFLOW,
                "interval field value out of range: \"" + text + "\"");
    }
}
