package io.quorate.sql.type;

import java.time.LocalDate;
import java.time.ZoneId;

/// Dates and times as text, in the ISO style: `2004-10-19 10:23:54.5+02`, `0044-03-15 BC`.
final class DateTimeText {
    private DateTimeText() {}

    static String formatDate(long days) {
        if (!DateTimes.isDateFinite(days)) {
            return days > 0 ? "infinity" : "-infinity";
        }
        LocalDate date = DateTimes.toLocalDate(days);
        StringBuilder text = new StringBuilder(13);
        appendDate(text, date);
        return appendEra(text, date).toString();
    }

    static String formatTime(long micros) {
        StringBuilder text = new StringBuilder(15);
        appendTime(text, micros);
        return text.toString();
    }

    static String formatTimestamp(long micros) {
        if (!DateTimes.isTimestampFinite(micros)) {
            return micros > 0 ? "infinity" : "-infinity";
        }
        LocalDate date = DateTimes.toLocalDate(DateTimes.dayOf(micros));
        StringBuilder text = new StringBuilder(29);
        appendDate(text, date);
        appendTime(text.append(' '), DateTimes.microsOfDay(micros));
        return appendEra(text, date).toString();
    }

    static String formatTimestamptz(long utcMicros, ZoneId zone) {
        if (!DateTimes.isTimestampFinite(utcMicros)) {
            return utcMicros > 0 ? "infinity" : "-infinity";
        }
        long offsetSeconds = DateTimes.offsetSeconds(utcMicros, zone);
        long local = utcMicros + offsetSeconds * DateTimes.MICROS_PER_SECOND;
        LocalDate date = DateTimes.toLocalDate(DateTimes.dayOf(local));
        StringBuilder text = new StringBuilder(35);
        appendDate(text, date);
        appendTime(text.append(' '), DateTimes.microsOfDay(local));
        appendOffset(text, offsetSeconds);
        return appendEra(text, date).toString();
    }

    private static void appendDate(StringBuilder text, LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        appendPadded(text, year, 4);
        appendPadded(text.append('-'), date.getMonthValue(), 2);
        appendPadded(text.append('-'), date.getDayOfMonth(), 2);
    }

    /// There is no year 0: the year before 1 is 1 BC.
    private static StringBuilder appendEra(StringBuilder text, LocalDate date) {
        return date.getYear() > 0 ? text : text.append(" BC");
    }

    private static void appendTime(StringBuilder text, long micros) {
        appendPadded(text, micros / DateTimes.MICROS_PER_HOUR, 2);
        appendPadded(text.append(':'), micros / DateTimes.MICROS_PER_MINUTE % 60, 2);
        appendPadded(text.append(':'), micros / DateTimes.MICROS_PER_SECOND % 60, 2);
        appendFraction(text, micros % DateTimes.MICROS_PER_SECOND);
    }

    /// Nothing for zero; no trailing zeros.
    static void appendFraction(StringBuilder text, long micros) {
        if (micros == 0) {
            return;
        }
        appendPadded(text.append('.'), micros, 6);
        while (text.charAt(text.length() - 1) == '0') {
            text.setLength(text.length() - 1);
        }
    }

    static void appendOffset(StringBuilder text, long offsetSeconds) {
        long size = Math.abs(offsetSeconds);
        appendPadded(text.append(offsetSeconds < 0 ? '-' : '+'), size / 3600, 2);
        if (size % 3600 != 0) {
            appendPadded(text.append(':'), size / 60 % 60, 2);
            if (size % 60 != 0) {
                appendPadded(text.append(':'), size % 60, 2);
            }
        }
    }

    static void appendPadded(StringBuilder text, long value, int width) {
        String digits = Long.toString(value);
        text.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }
}
