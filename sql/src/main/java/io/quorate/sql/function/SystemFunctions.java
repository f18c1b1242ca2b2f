package io.quorate.sql.function;

import static io.quorate.sql.function.Args.booleanAt;
import static io.quorate.sql.function.Args.doubleAt;
import static io.quorate.sql.function.Args.intAt;
import static io.quorate.sql.function.Args.intervalAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.ObjectNames;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What functions tell of session, settings, types, sequences and catalog.
final class SystemFunctions {
    /// The release of PostgreSQL whose behaviour clients may expect.
    private static final String VERSION = "PostgreSQL 15.0 (Quorate 0.1.0)";

    private static final int UTF8_ENCODING = 6;
    private static final double MICROS_PER_SECOND = 1e6;

    private SystemFunctions() {}

    static void register(Registry registry) {
        session(registry);
        settings(registry);
        types(registry);
        sequences(registry);
        sleeping(registry);
        registry.function("gen_random_uuid", (c, a) -> randomUuid(c));
    }

    private static void sleeping(Registry registry) {
        registry.function(
                "pg_sleep",
                (c, a) -> {
                    c.sleep((long) (doubleAt(a, 0) * MICROS_PER_SECOND));
                    return "";
                });
        registry.function(
                "pg_sleep_for",
                (c, a) -> {
                    long until = DateTimeArithmetic.add(c.clockMicros(), intervalAt(a, 0));
                    c.sleep(until - c.clockMicros());
                    return "";
                });
        registry.function(
                "pg_sleep_until",
                (c, a) -> {
                    c.sleep(longAt(a, 0) - c.clockMicros());
                    return "";
                });
    }

    private static void session(Registry registry) {
        registry.function("pgsql_version", (c, a) -> VERSION);
        registry.function("current_database", (c, a) -> c.currentDatabase());
        registry.function("current_user", (c, a) -> c.currentUser());
        registry.function("session_user", (c, a) -> c.sessionUser());
        registry.function("current_schema", (c, a) -> c.catalog().currentSchema());
        registry.function(
                "current_schemas",
                (c, a) -> SqlArray.of(SqlType.NAME, c.searchPath(booleanAt(a, 0))));
        registry.function("pg_backend_pid", (c, a) -> (long) c.backendPid());
        registry.function("pg_is_in_recovery", (c, a) -> false);
        registry.function("pg_my_temp_schema", (c, a) -> 0L);
        registry.function("pg_client_encoding", (c, a) -> "UTF8");
        registry.function("getdatabaseencoding", (c, a) -> "UTF8");
        registry.function(
                "PG_encoding_to_char", (c, a) -> longAt(a, 0) == UTF8_ENCODING ? "UTF8" : "");
        registry.function(
                "PG_char_to_encoding",
                (c, a) ->
                        textAt(a, 0).replace("-", "").equalsIgnoreCase("utf8")
                                ? (long) UTF8_ENCODING
                                : -1L);
    }

    private static void settings(Registry registry) {
        registry.function(
                "show_config_by_name",
                (c, a) -> {
                    String value = c.setting(textAt(a, 0).toLowerCase(Locale.ROOT));
                    if (value == null) {
                        throw unknownSetting(textAt(a, 0));
                    }
                    return value;
                });
        registry.function(
                "show_config_by_name_missing_ok",
                (c, a) -> {
                    String value = c.setting(textAt(a, 0).toLowerCase(Locale.ROOT));
                    if (value == null && !booleanAt(a, 1)) {
                        throw unknownSetting(textAt(a, 0));
                    }
                    return value;
                });
        registry.function(
                "set_config_by_name",
                (c, a) -> {
                    if (a[0] == null) {
                        throw new QuorateException(
                                ErrorCode.NULL_VALUE_NOT_ALLOWED, "SET requires parameter name");
                    }
                    String name = textAt(a, 0).toLowerCase(Locale.ROOT);
                    String value = a[1] == null ? "" : textAt(a, 1);
                    c.changeSetting(name, value, a[2] != null && booleanAt(a, 2));
                    return c.setting(name);
                });
    }

    private static QuorateException unknownSetting(String name) {
        return new QuorateException(
                ErrorCode.UNDEFINED_OBJECT,
                "unrecognized configuration parameter \"" + name + "\"");
    }

    private static void types(Registry registry) {
        registry.binding(
                "pg_typeof",
                signature -> {
                    long oid = signature.argumentTypes().getFirst().oid();
                    return (c, a) -> oid;
                });
        registry.function(
                "format_type",
                (c, a) -> {
                    if (a[0] == null) {
                        return null;
                    }
                    SqlType type = c.catalog().typeByOid(intAt(a, 0));
                    if (type == null) {
                        return longAt(a, 0) == 0 ? "-" : "???";
                    }
                    if (a[1] == null && type.sameTypeAs(SqlType.BPCHAR)) {
                        return "character";
                    }
                    return type.withTypmod(a[1] == null ? -1 : intAt(a, 1)).format();
                });
        registry.function("to_regclass", (c, a) -> names(c).oidOf(SqlType.REGCLASS, textAt(a, 0)));
        registry.function("to_regtype", (c, a) -> names(c).oidOf(SqlType.REGTYPE, textAt(a, 0)));
        registry.function("pg_num_nulls", (c, a) -> countNulls(a));
        registry.function("pg_num_nonnulls", (c, a) -> a.length - countNulls(a));
        registry.function("pg_size_pretty", (c, a) -> prettySize(longAt(a, 0)));
    }

    private static ObjectNames names(CallContext context) {
        return context.format().names();
    }

    private static long countNulls(@Nullable Object[] arguments) {
        long nulls = 0;
        for (Object argument : arguments) {
            nulls += argument == null ? 1 : 0;
        }
        return nulls;
    }

    /// In the largest unit of which there are less than 10,240 (rounded by half units).
    private static String prettySize(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB", "PB"};
        if (Math.abs(bytes) < 10 * 1024) {
            return bytes + " bytes";
        }
        // One bit is kept for the rounding.
        long halves = bytes / 512;
        int unit = 1;
        while (unit < units.length - 1 && Math.abs(halves) >= 2 * 10 * 1024 - 1) {
            halves /= 1024;
            unit++;
        }
        long rounded = (halves + (halves < 0 ? -1 : 1)) / 2;
        return rounded + " " + units[unit];
    }

    private static void sequences(Registry registry) {
        registry.function("nextval_oid", (c, a) -> c.catalog().nextSequenceValue(longAt(a, 0)));
        registry.function("currval_oid", (c, a) -> c.catalog().currentSequenceValue(longAt(a, 0)));
        registry.function("lastval", (c, a) -> c.catalog().lastSequenceValue());
        registry.function(
                "setval_oid",
                (c, a) -> {
                    c.catalog().setSequenceValue(longAt(a, 0), longAt(a, 1), true);
                    return longAt(a, 1);
                });
        registry.function(
                "setval3_oid",
                (c, a) -> {
                    c.catalog().setSequenceValue(longAt(a, 0), longAt(a, 1), booleanAt(a, 2));
                    return longAt(a, 1);
                });
    }

    /// Version 4, variant 1 of RFC 9562.
    private static UUID randomUuid(CallContext context) {
        byte[] random = new byte[16];
        context.random().nextSecret(random);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | random[i] & 0xff;
            low = low << 8 | random[i + 8] & 0xff;
        }
        return new UUID(high & ~0xf000L | 0x4000L, low & ~(3L << 62) | 1L << 63);
    }
}
