package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads dates, times and timestamps in the many forms PostgreSQL takes: ISO 8601, `Jan 8, 1999`,
/// `1/8/1999`, `19990108T040506Z`, `J2451187`, `now`, `infinity`, with AM/PM, BC and a zone.
///
/// The text is cut into tokens, each of which settles one part (date, time, zone, era); numbers
/// that stand alone are sorted out at the end by `DateStyle`.
final class DateTimeParser {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "[\\s,]*(?:(?<date>\\d+[-/.][A-Za-z0-9]+[-/.]\\d+)"
                            + "|(?<time>\\d+:\\d+(?::\\d+(?:\\.\\d*)?)?)"
                            + "|(?<offset>[+-]\\d{1,2}(?::?\\d{2})?(?::?\\d{2})?)"
                            + "|(?<julian>[Jj]\\d+)"
                            + "|(?<number>\\d+(?:\\.\\d*)?)"
                            + "|(?<word>[+-]?[A-Za-z]+(?:[/_][A-Za-z_/+-]+\\d*)?)\\.?"
                            + "|-)");
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final Pattern MONTH_NAME =
            Pattern.compile(
                    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
                            + "|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?");
    private static final Pattern DAY_NAME =
            Pattern.compile(
                    "sun(day)?|mon(day)?|tue(s(day)?)?|wed(nesday|s)?|thu(r(s(day)?)?)?"
                            + "|fri(day)?|sat(urday)?|on|at");
    private static final long JULIAN_OF_2000 = 2_451_545L;

    private final SqlType type;
    private final String text;
    private final SessionFormat format;

    private final List<String> numbers = new ArrayList<>();
    private int month;
    private String pendingYear = "";
    private int pendingMonth;
    private int pendingDay;
    private @Nullable Long day;
    private @Nullable Long microsOfDay;
    private @Nullable ZoneId zone;
    private @Nullable String special;
    private boolean beforeChrist;
    private @Nullable Boolean afternoon;

    DateTimeParser(SqlType type, String text, SessionFormat format) {
        this.type = type;
        this.text = text;
        this.format = format;
    }

    long parseDate() {
        readTokens();
        if (special != null) {
            return switch (special) {
                case "infinity" -> DateTimes.DATE_INFINITY;
                case "-infinity" -> DateTimes.DATE_MINUS_INFINITY;
                default -> DateTimes.dayOf(specialLocal(special));
            };
        }
        long days = day();
        if (days < DateTimes.DATE_MIN || days > DateTimes.DATE_MAX) {
            throw overflow("date out of range");
        }
        return days;
    }

    long parseTime() {
        readTokens();
        if (special != null && special.equals("now")) {
            return DateTimes.microsOfDay(specialLocal(special));
        }
        if ("allballs".equals(special)) {
            return 0;
        }
        if (microsOfDay == null && day == null && numbers.size() == 1 && month == 0) {
            readCompactTime(numbers.removeFirst());
        }
        if (microsOfDay == null) {
            throw invalid();
        }
        return timeOfDay();
    }

    /// The wall clock as written, or for timestamptz the instant in UTC.
    long parseTimestamp() {
        readTokens();
        boolean withZone = type.kind() == TypeKind.TIMESTAMPTZ;
        if (special != null) {
            return switch (special) {
                case "infinity" -> DateTimes.TIMESTAMP_INFINITY;
                case "-infinity" -> DateTimes.TIMESTAMP_MINUS_INFINITY;
                case "now" -> withZone ? format.transactionMicros() : specialLocal(special);
                case "epoch" -> specialLocal(special);
                default -> withZone ? toUtc(specialLocal(special)) : specialLocal(special);
            };
        }
        long days = day();
        long time = microsOfDay == null ? 0 : timeOfDay();
        try {
            long local = DateTimes.timestamp(days, time);
            return withZone ? toUtc(local) : local;
        } catch (QuorateException outOfRange) {
            throw overflow("timestamp out of range");
        }
    }

    private long toUtc(long local) {
        return DateTimes.toUtc(local, zone == null ? format.zone() : zone);
    }

    private long specialLocal(String word) {
        long now = DateTimes.toLocal(format.transactionMicros(), format.zone());
        long today = DateTimes.dayOf(now);
        return switch (word) {
            case "now" -> now;
            case "epoch" -> -DateTimes.EPOCH_SECONDS * DateTimes.MICROS_PER_SECOND;
            case "yesterday" -> DateTimes.timestamp(today - 1, timeAfterWord());
            case "tomorrow" -> DateTimes.timestamp(today + 1, timeAfterWord());
            case "today" -> DateTimes.timestamp(today, timeAfterWord());
            default -> throw invalid();
        };
    }

    /// `today 10:00`.
    private long timeAfterWord() {
        return microsOfDay == null ? 0 : timeOfDay();
    }

    private void readTokens() {
        String input = NumberText.stripBlanks(text);
        if (input.isEmpty()) {
            throw invalid();
        }
        Matcher token = TOKEN.matcher(input);
        int position = 0;
        while (position < input.length()) {
            token.region(position, input.length());
            if (!token.lookingAt() || token.end() == position) {
                throw invalid();
            }
            position = token.end();
            readToken(token, position < input.length() ? input.charAt(position) : ' ');
        }
    }

    private void readToken(Matcher token, char next) {
        if (token.group("date") != null) {
            readDate(token.group("date").split("[-/.]"));
        } else if (token.group("time") != null) {
            readTime(token.group("time"));
        } else if (token.group("offset") != null) {
            readOffset(token.group("offset"));
        } else if (token.group("julian") != null) {
            day = Long.parseLong(token.group("julian").substring(1)) - JULIAN_OF_2000;
        } else if (token.group("number") != null) {
            readNumber(token.group("number"));
        } else if (token.group("word") != null) {
            readWord(token.group("word"), next);
        }
    }

    private void readOffset(String offset) {
        if (microsOfDay == null && day == null) {
            throw invalid();
        }
        zone = Zones.offset(offset);
        if (zone == null) {
            throw new QuorateException(
                    ErrorCode.INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
                    "time zone displacement out of range: \"" + text + "\"");
        }
    }

    /// Eight digits are a date; after a date a number is a time without its colons.
    private void readNumber(String number) {
        boolean whole = number.indexOf('.') < 0;
        if (day == null && numbers.isEmpty() && month == 0) {
            if (whole && number.length() == 14) {
                readNumber(number.substring(0, 8));
                readCompactTime(number.substring(8));
                return;
            }
            if (whole && number.length() == 8) {
                setDate(number.substring(0, 4), number.substring(4, 6), number.substring(6));
                return;
            }
            if (whole && number.length() == 6 && type.kind() != TypeKind.TIME) {
                setDate(number.substring(0, 2), number.substring(2, 4), number.substring(4));
                return;
            }
        }
        if (day != null && microsOfDay == null) {
            readCompactTime(number);
            return;
        }
        numbers.add(number);
    }

    private void readCompactTime(String number) {
        String whole = number.split("\\.", -1)[0];
        String fraction = number.substring(whole.length());
        switch (whole.length()) {
            case 6 ->
                    readTime(
                            whole.substring(0, 2)
                                    + ":"
                                    + whole.substring(2, 4)
                                    + ":"
                                    + whole.substring(4)
                                    + fraction);
            case 4 -> readTime(whole.substring(0, 2) + ":" + whole.substring(2));
            case 2 -> {
                // `2001-01-01T04+00` and `04 PM`
                readTime(whole + ":00");
            }
            default -> throw invalid();
        }
    }

    private void readWord(String raw, char next) {
        String word = raw.toLowerCase(Locale.ROOT);
        if (word.equals("t") && Character.isDigit(next)) {
            return;
        }
        if (MONTH_NAME.matcher(word).matches()) {
            month = MONTHS.indexOf(word.substring(0, 3)) + 1;
            return;
        }
        if (DAY_NAME.matcher(word).matches()) {
            return;
        }
        switch (word) {
            case "am" -> afternoon = false;
            case "pm" -> afternoon = true;
            case "bc" -> beforeChrist = true;
            case "ad" -> beforeChrist = false;
            case "infinity", "inf", "+infinity", "+inf" -> special = "infinity";
            case "-infinity", "-inf" -> special = "-infinity";
            case "now", "today", "tomorrow", "yesterday", "epoch", "allballs" -> special = word;
            default -> readZone(raw);
        }
    }

    private void readZone(String name) {
        zone = Zones.find(name);
        if (zone == null) {
            if (name.indexOf('/') > 0) {
                throw TypeErrors.invalidParameter(
                        "time zone \"" + name.toLowerCase(Locale.ROOT) + "\" not recognized");
            }
            throw invalid();
        }
    }

    private void readDate(String[] parts) {
        if (!Character.isDigit(parts[1].charAt(0))) {
            // 08-Jan-1999 or 1999-Jan-08
            String name = parts[1].toLowerCase(Locale.ROOT);
            if (!MONTH_NAME.matcher(name).matches()) {
                throw invalid();
            }
            String number = Integer.toString(MONTHS.indexOf(name.substring(0, 3)) + 1);
            boolean yearFirst = isYear(parts[0]);
            setDate(yearFirst ? parts[0] : parts[2], number, yearFirst ? parts[2] : parts[0]);
            return;
        }
        if (!parts[1].chars().allMatch(Character::isDigit)) {
            throw invalid();
        }
        if (isYear(parts[0])) {
            setDate(parts[0], parts[1], parts[2]);
            return;
        }
        switch (format.dateOrder()) {
            case YMD -> setDate(parts[0], parts[1], parts[2]);
            case DMY -> setDate(parts[2], parts[1], parts[0]);
            case MDY -> setDate(parts[2], parts[0], parts[1]);
        }
    }

    private static boolean isYear(String digits) {
        return digits.length() > 2;
    }

    /// The era may stand behind, so the day is reckoned at the end.
    private void setDate(String year, String monthDigits, String dayDigits) {
        if (!pendingYear.isEmpty() || year.length() > 9 || monthDigits.length() > 9) {
            throw invalid();
        }
        pendingYear = year;
        pendingMonth = Integer.parseInt(monthDigits);
        pendingDay = dayDigits.length() > 9 ? 99 : Integer.parseInt(dayDigits);
        day = 0L;
    }

    private long day() {
        if (pendingYear.isEmpty() && month > 0) {
            setDateByMonthName();
        }
        if (day == null || !numbers.isEmpty()) {
            throw invalid();
        }
        if (pendingYear.isEmpty()) {
            return day;
        }
        int year = Integer.parseInt(pendingYear);
        if (pendingYear.length() <= 2 && !beforeChrist) {
            year += year < 70 ? 2000 : 1900;
        }
        if (year == 0) {
            throw fieldOverflow(false);
        }
        if (beforeChrist) {
            year = 1 - year;
        }
        if (pendingMonth < 1 || pendingMonth > 12 || pendingDay < 1 || pendingDay > 31) {
            throw fieldOverflow(true);
        }
        if (pendingDay > YearMonth.of(year, pendingMonth).lengthOfMonth()) {
            throw fieldOverflow(false);
        }
        return DateTimes.fromLocalDate(LocalDate.of(year, pendingMonth, pendingDay));
    }

    private void setDateByMonthName() {
        if (numbers.size() != 2) {
            throw invalid();
        }
        String first = numbers.get(0);
        String second = numbers.get(1);
        numbers.clear();
        boolean yearFirst =
                isYear(first)
                        || format.dateOrder() == SessionFormat.DateOrder.YMD && !isYear(second);
        setDate(yearFirst ? first : second, Integer.toString(month), yearFirst ? second : first);
    }

    private void readTime(String time) {
        if (microsOfDay != null) {
            throw invalid();
        }
        String[] parts = time.split(":");
        if (parts[0].length() > 9 || parts[1].length() > 9) {
            throw fieldOverflow(false);
        }
        long hour = Long.parseLong(parts[0]);
        long minute = Long.parseLong(parts[1]);
        BigDecimal seconds = parts.length > 2 ? new BigDecimal(parts[2]) : BigDecimal.ZERO;
        long secondMicros =
                seconds.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValue();
        if (minute > 59 || secondMicros > DateTimes.MICROS_PER_MINUTE) {
            throw fieldOverflow(false);
        }
        microsOfDay =
                hour * DateTimes.MICROS_PER_HOUR
                        + minute * DateTimes.MICROS_PER_MINUTE
                        + secondMicros;
    }

    private long timeOfDay() {
        long micros = microsOfDay == null ? 0 : microsOfDay;
        if (afternoon != null) {
            long hour = micros / DateTimes.MICROS_PER_HOUR;
            if (hour > 12) {
                throw fieldOverflow(false);
            }
            if (afternoon && hour < 12) {
                micros += 12 * DateTimes.MICROS_PER_HOUR;
            } else if (!afternoon && hour == 12) {
                micros -= 12 * DateTimes.MICROS_PER_HOUR;
            }
        }
        if (micros > DateTimes.MICROS_PER_DAY) {
            throw fieldOverflow(false);
        }
        return micros;
    }

    private QuorateException invalid() {
        return new QuorateException(
                ErrorCode.INVALID_DATETIME_FORMAT,
                "invalid input syntax for type " + shownType() + ": \"" + text + "\"");
    }

    /// Here, and only here, PostgreSQL leaves `without time zone` out.
    private String shownType() {
        return type.kind() == TypeKind.TIMESTAMPTZ ? "timestamp with time zone" : type.name();
    }

    private QuorateException fieldOverflow(boolean maybeDateStyle) {
        QuorateException error =
                new QuorateException(
                        ErrorCode.DATETIME_FIELD_OVERFLOW,
                        "date/time field value out of range: \"" + text + "\"");
        return maybeDateStyle
                ? error.withHint("Perhaps you need a different \"datestyle\" setting.")
                : error;
    }

    private QuorateException overflow(String what) {
        return TypeErrors.dateTimeOverflow(what + ": \"" + text + "\"");
    }
}
