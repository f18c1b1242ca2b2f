package io.quorate.sql.type;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Time zones by the names that `SET TimeZone`, `AT TIME ZONE` and timestamps know: the JDK's tzdb
/// without regard to case, the usual abbreviations, and offsets.
public final class Zones {
    private static final Pattern OFFSET =
            Pattern.compile("([+-])(\\d{1,2})(?::?(\\d{2}))?(?::?(\\d{2}))?");
    private static final Pattern POSIX = Pattern.compile("[A-Za-z]{3,}([+-]\\d{1,2}(?::\\d{2})?)");
    private static final int OFFSET_SECONDS_MAX = 16 * 3600;

    private static final Map<String, ZoneId> NAMES = names();

    private Zones() {}

    /// 22023 where there is no such zone.
    public static ZoneId parse(String name) {
        ZoneId zone = find(name);
        if (zone == null) {
            throw TypeErrors.invalidParameter("time zone \"" + name + "\" not recognized");
        }
        return zone;
    }

    /// By name, abbreviation or POSIX form (`UTC+3` is three hours west); null where there is none.
    static @Nullable ZoneId find(String name) {
        ZoneId zone = NAMES.get(name);
        if (zone != null) {
            return zone;
        }
        Matcher posix = POSIX.matcher(name);
        ZoneOffset offset = posix.matches() ? offset(posix.group(1)) : null;
        if (offset != null) {
            return ZoneOffset.ofTotalSeconds(-offset.getTotalSeconds());
        }
        ZoneOffset posixOffset = offset(name);
        return posixOffset == null
                ? null
                : ZoneOffset.ofTotalSeconds(-posixOffset.getTotalSeconds());
    }

    /// `+02`, `-0530`, `+05:30:15` as they stand in timestamps, east positive; null where it is
    /// none or beyond 16 hours.
    static @Nullable ZoneOffset offset(String text) {
        Matcher matcher = OFFSET.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int seconds =
                Integer.parseInt(matcher.group(2)) * 3600
                        + number(matcher.group(3)) * 60
                        + number(matcher.group(4));
        if (seconds >= OFFSET_SECONDS_MAX) {
            return null;
        }
        return ZoneOffset.ofTotalSeconds(text.startsWith("-") ? -seconds : seconds);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static Map<String, ZoneId> names() {
        Map<String, ZoneId> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String id : ZoneId.getAvailableZoneIds()) {
            try {
                names.put(id, ZoneId.of(id));
            } catch (DateTimeException unknownToThisJdk) {
                throw new IllegalStateException(id, unknownToThisJdk);
            }
        }
        abbreviation(names, 0, "UTC", "GMT", "Z", "ZULU", "UT", "WET");
        abbreviation(names, 1, "CET", "BST", "MEZ", "WEST");
        abbreviation(names, 2, "CEST", "EET", "SAST", "MESZ", "IST");
        abbreviation(names, 3, "EEST", "MSK");
        abbreviation(names, 8, "HKT", "AWST");
        abbreviation(names, 9, "JST", "KST");
        abbreviation(names, 10, "AEST");
        abbreviation(names, 11, "AEDT");
        abbreviation(names, 12, "NZST");
        abbreviation(names, 13, "NZDT");
        abbreviation(names, -3, "ADT");
        abbreviation(names, -4, "AST", "EDT");
        abbreviation(names, -5, "EST", "CDT");
        abbreviation(names, -6, "CST", "MDT");
        abbreviation(names, -7, "MST", "PDT");
        abbreviation(names, -8, "PST", "AKDT");
        abbreviation(names, -9, "AKST");
        abbreviation(names, -10, "HST");
        return Collections.unmodifiableMap(names);
    }

    /// The whole zones of these names (CET has summer time) stay where tzdb has them.
    private static void abbreviation(Map<String, ZoneId> names, int hours, String... all) {
        for (String name : all) {
            if (hours == 0 && !name.equals("WET")) {
                names.put(name, ZoneOffset.UTC);
            } else {
                names.putIfAbsent(name, ZoneOffset.ofHours(hours));
            }
        }
    }
}
