package io.quorate.sql.session;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A setting: PostgreSQL's own where clients use them, and a few of Quorate's.
///
/// @param reported whether clients are told of its value
record SettingDefinition(
        String name,
        String defaultValue,
        String description,
        boolean changeable,
        boolean reported,
        Rule rule) {

    /// The version whose behaviour clients may expect.
    static final String SERVER_VERSION = "15.0";

    static final String SERVER_VERSION_NUM = "150000";

    /// What values it takes.
    enum Rule {
        ANY,
        BOOLEAN,
        INTEGER,
        MILLISECONDS,
        TIME_ZONE,
        UTF8_ONLY,
        DATE_STYLE,
        INTERVAL_STYLE,
        ISOLATION,
        TRANSACTION_MODE,
        ON_ONLY,
        OFF_ONLY
    }

    /// All of them by lower-case name, in the order in which clients are told.
    static Map<String, SettingDefinition> all(String user) {
        Map<String, SettingDefinition> all = new LinkedHashMap<>();
        reported(all, "application_name", "", Rule.ANY);
        reported(all, "client_encoding", "UTF8", Rule.UTF8_ONLY);
        reported(all, "DateStyle", "ISO, MDY", Rule.DATE_STYLE);
        reported(all, "default_transaction_read_only", "off", Rule.BOOLEAN);
        fixed(all, "in_hot_standby", "off");
        fixed(all, "integer_datetimes", "on");
        reported(all, "IntervalStyle", "postgres", Rule.INTERVAL_STYLE);
        fixed(all, "is_superuser", "on");
        fixed(all, "server_encoding", "UTF8");
        fixed(all, "server_version", SERVER_VERSION);
        fixed(all, "session_authorization", user);
        reported(all, "standard_conforming_strings", "on", Rule.ON_ONLY);
        reported(all, "TimeZone", "UTC", Rule.TIME_ZONE);
        hidden(all, "bytea_output", "hex", Rule.ANY);
        hidden(all, "check_function_bodies", "on", Rule.BOOLEAN);
        hidden(all, "client_min_messages", "notice", Rule.ANY);
        hidden(all, "default_transaction_isolation", "read committed", Rule.ISOLATION);
        hidden(all, "extra_float_digits", "1", Rule.INTEGER);
        hidden(all, "idle_in_transaction_session_timeout", "0", Rule.MILLISECONDS);
        hidden(all, "lc_messages", "C", Rule.ANY);
        hidden(all, "lc_monetary", "C", Rule.ANY);
        hidden(all, "lc_numeric", "C", Rule.ANY);
        hidden(all, "lc_time", "C", Rule.ANY);
        hidden(all, "lock_timeout", "0", Rule.MILLISECONDS);
        hidden(all, "row_security", "on", Rule.BOOLEAN);
        hidden(all, "search_path", "\"$user\", public", Rule.ANY);
        hidden(all, "statement_timeout", "0", Rule.MILLISECONDS);
        hidden(all, "synchronize_seqscans", "on", Rule.BOOLEAN);
        hidden(all, "synchronous_commit", "on", Rule.ON_ONLY);
        hidden(all, "transaction_isolation", "read committed", Rule.ISOLATION);
        hidden(all, "transaction_mode", "pessimistic", Rule.TRANSACTION_MODE);
        hidden(all, "transaction_read_only", "off", Rule.BOOLEAN);
        hidden(all, "vacuum_freeze_min_age", "50000000", Rule.INTEGER);
        unchangeable(all, "password_encryption", "scram-sha-256");
        unchangeable(all, "max_identifier_length", "63");
        unchangeable(all, "max_index_keys", "32");
        unchangeable(all, "server_version_num", SERVER_VERSION_NUM);
        unchangeable(all, "lc_collate", "C");
        unchangeable(all, "lc_ctype", "C");
        return all;
    }

    /// The value in the form that SHOW prints, or INVALID_PARAMETER_VALUE.
    String accept(String value) {
        return switch (rule) {
            case ANY -> value;
            case BOOLEAN -> isTrue(value) ? "on" : "off";
            case INTEGER -> Long.toString(integer(value));
            case MILLISECONDS -> milliseconds(value);
            case TIME_ZONE -> timeZone(value);
            case UTF8_ONLY -> utf8(value);
            case DATE_STYLE -> dateStyle(value);
            case INTERVAL_STYLE -> oneOf(value, List.of("postgres"));
            case ISOLATION -> isolation(value);
            case TRANSACTION_MODE -> oneOf(value, List.of("pessimistic", "optimistic"));
            case ON_ONLY -> supported(isTrue(value), value, "on");
            case OFF_ONLY -> supported(!isTrue(value), value, "off");
        };
    }

    private boolean isTrue(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1", "t", "y" -> true;
            case "off", "false", "no", "0", "f", "n" -> false;
            default ->
                    throw new QuorateException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "parameter \"" + name + "\" requires a Boolean value");
        };
    }

    private long integer(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException wrong) {
            throw invalid(value, wrong);
        }
    }

    /// A number of milliseconds with or without a unit, printed with the largest that fits.
    private String milliseconds(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0) {
            throw invalid(value, null);
        }
        long factor =
                switch (text.substring(digits).strip()) {
                    case "", "ms" -> 1;
                    case "s" -> 1000;
                    case "min" -> 60_000;
                    case "h" -> 3_600_000;
                    case "d" -> 86_400_000;
                    default -> throw invalid(value, null);
                };
        long millis = integer(text.substring(0, digits)) * factor;
        if (millis == 0) {
            return "0";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "min";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /// Milliseconds behind a value that [#accept] made.
    static long toMillis(String shown) {
        if (shown.endsWith("ms")) {
            return Long.parseLong(shown.substring(0, shown.length() - 2));
        }
        if (shown.endsWith("min")) {
            return Long.parseLong(shown.substring(0, shown.length() - 3)) * 60_000;
        }
        if (shown.endsWith("h")) {
            return Long.parseLong(shown.substring(0, shown.length() - 1)) * 3_600_000;
        }
        return shown.endsWith("s")
                ? Long.parseLong(shown.substring(0, shown.length() - 1)) * 1000
                : Long.parseLong(shown);
    }

    private String timeZone(String value) {
        try {
            ZoneId.of(value, ZoneId.SHORT_IDS);
            return value;
        } catch (DateTimeException wrong) {
            throw invalid(value, wrong);
        }
    }

    private String utf8(String value) {
        String plain = value.replace("-", "").toUpperCase(Locale.ROOT);
        if (plain.equals("UTF8") || plain.equals("UNICODE") || plain.equals("SQL_ASCII")) {
            return "UTF8";
        }
        throw new QuorateException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "client encoding \"" + value + "\" is not supported")
                .withHint("Use UTF8.");
    }

    private String dateStyle(String value) {
        String order = "MDY";
        for (String word : value.split(",")) {
            switch (word.strip().toUpperCase(Locale.ROOT)) {
                case "ISO", "DEFAULT", "" -> {
                    // Output is always ISO.
                }
                case "MDY", "US", "NONEURO", "NONEUROPEAN" -> order = "MDY";
                case "DMY", "EURO", "EUROPEAN" -> order = "DMY";
                case "YMD" -> order = "YMD";
                case "SQL", "POSTGRES", "GERMAN" ->
                        throw new QuorateException(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "DateStyle \"" + word.strip() + "\" is not supported");
                default -> throw invalid(value, null);
            }
        }
        return "ISO, " + order;
    }

    private String isolation(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "read committed", "read uncommitted" -> value.toLowerCase(Locale.ROOT);
            case "repeatable read" -> "repeatable read";
            case "serializable" ->
                    throw new QuorateException(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "isolation level SERIALIZABLE is not supported yet")
                            .withHint(
                                    "Use REPEATABLE READ, with SELECT FOR UPDATE where it matters.");
            default -> throw invalid(value, null);
        };
    }

    private String oneOf(String value, List<String> allowed) {
        String folded = value.toLowerCase(Locale.ROOT);
        if (allowed.contains(folded)) {
            return folded;
        }
        throw invalid(value, null)
                .withHint("Available values: " + String.join(", ", allowed) + ".");
    }

    private String supported(boolean fine, String value, String shown) {
        if (!fine) {
            throw new QuorateException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "parameter \"" + name + "\" set to \"" + value + "\" is not supported");
        }
        return shown;
    }

    private QuorateException invalid(String value, @Nullable Throwable cause) {
        String message = "invalid value for parameter \"" + name + "\": \"" + value + "\"";
        return cause == null
                ? new QuorateException(ErrorCode.INVALID_PARAMETER_VALUE, message)
                : new QuorateException(ErrorCode.INVALID_PARAMETER_VALUE, message, cause);
    }

    private static void reported(
            Map<String, SettingDefinition> all, String name, String value, Rule rule) {
        put(all, new SettingDefinition(name, value, "", true, true, rule));
    }

    private static void hidden(
            Map<String, SettingDefinition> all, String name, String value, Rule rule) {
        put(all, new SettingDefinition(name, value, "", true, false, rule));
    }

    private static void fixed(Map<String, SettingDefinition> all, String name, String value) {
        put(all, new SettingDefinition(name, value, "", false, true, Rule.ANY));
    }

    private static void unchangeable(
            Map<String, SettingDefinition> all, String name, String value) {
        put(all, new SettingDefinition(name, value, "", false, false, Rule.ANY));
    }

    private static void put(Map<String, SettingDefinition> all, SettingDefinition definition) {
        all.put(definition.name().toLowerCase(Locale.ROOT), definition);
    }
}
