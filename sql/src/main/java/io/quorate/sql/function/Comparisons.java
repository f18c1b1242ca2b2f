package io.quorate.sql.function;

import io.quorate.sql.type.DateTimes;
import io.quorate.sql.type.Datums;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `=`, `<>`, `<`, `<=`, `>`, `>=` of all types, and the larger and smaller of two values.
final class Comparisons {
    /// The six comparisons under the endings of their functions' names.
    private enum Test {
        EQ("eq"),
        NE("ne"),
        LT("lt"),
        LE("le"),
        GT("gt"),
        GE("ge");

        private final String ending;

        Test(String ending) {
            this.ending = ending;
        }

        boolean holds(int order) {
            return switch (this) {
                case EQ -> order == 0;
                case NE -> order != 0;
                case LT -> order < 0;
                case LE -> order <= 0;
                case GT -> order > 0;
                case GE -> order >= 0;
            };
        }
    }

    /// The order of two arguments that are not null.
    @FunctionalInterface
    private interface Order {
        int compare(CallContext context, Object left, Object right);
    }

    private Comparisons() {}

    static void register(Registry registry) {
        ofOneType(registry);
        acrossTypes(registry);
        largerAndSmaller(registry);
    }

    private static void ofOneType(Registry registry) {
        all(registry, "bool%s", SqlType.BOOL);
        for (String name : List.of("int2", "int4", "int8", "int24", "int42", "int28", "int82")) {
            all(registry, name + "%s", SqlType.INT8);
        }
        all(registry, "int48%s", SqlType.INT8);
        all(registry, "int84%s", SqlType.INT8);
        all(registry, "oid%s", SqlType.OID);
        all(registry, "numeric_%s", SqlType.NUMERIC);
        all(registry, "char%s", SqlType.CHAR);
        all(registry, "bpchar%s", SqlType.BPCHAR);
        all(registry, "bytea%s", SqlType.BYTEA);
        all(registry, "date_%s", SqlType.DATE);
        all(registry, "time_%s", SqlType.TIME);
        all(registry, "timestamp_%s", SqlType.TIMESTAMP);
        all(registry, "interval_%s", SqlType.INTERVAL);
        all(registry, "uuid_%s", SqlType.UUID);
        all(registry, "array_%s", (c, a, b) -> compareArrays(a, b));
        all(registry, "oidvector%s", (c, a, b) -> compareArrays(a, b));
        all(registry, "record_%s", SqlType.RECORD);
        for (String name : List.of("name%s", "name%stext", "text%sname")) {
            all(registry, name, SqlType.TEXT);
        }
        Order text = ordinary(SqlType.TEXT);
        for (Test test : Test.values()) {
            boolean equality = test == Test.EQ || test == Test.NE;
            one(registry, equality ? "text" + test.ending : "text_" + test.ending, test, text);
        }
        for (Test test : List.of(Test.LT, Test.LE, Test.GT, Test.GE)) {
            one(registry, "text_pattern_" + test.ending, test, text);
            one(registry, "bpchar_pattern_" + test.ending, test, ordinary(SqlType.BPCHAR));
        }
        for (String name : List.of("float4%s", "float8%s", "float48%s", "float84%s")) {
            all(registry, name, Comparisons::compareFloats);
        }
        one(registry, "xideq", Test.EQ, ordinary(SqlType.OID));
        one(registry, "xidneq", Test.NE, ordinary(SqlType.OID));
        one(registry, "cideq", Test.EQ, ordinary(SqlType.OID));
    }

    private static void acrossTypes(Registry registry) {
        all(registry, "date_%s_timestamp", (c, a, b) -> Long.compare(midnight((Long) a), (Long) b));
        all(registry, "timestamp_%s_date", (c, a, b) -> Long.compare((Long) a, midnight((Long) b)));
        all(
                registry,
                "date_%s_timestamptz",
                (c, a, b) -> Long.compare(instant(c, midnight((Long) a)), (Long) b));
        all(
                registry,
                "timestamptz_%s_date",
                (c, a, b) -> Long.compare((Long) a, instant(c, midnight((Long) b))));
        all(
                registry,
                "timestamp_%s_timestamptz",
                (c, a, b) -> Long.compare(instant(c, (Long) a), (Long) b));
        all(
                registry,
                "timestamptz_%s_timestamp",
                (c, a, b) -> Long.compare((Long) a, instant(c, (Long) b)));
    }

    private static void largerAndSmaller(Registry registry) {
        extremes(registry, "int2", SqlType.INT2);
        extremes(registry, "int4", SqlType.INT4);
        extremes(registry, "int8", SqlType.INT8);
        extremes(registry, "float4", SqlType.FLOAT4);
        extremes(registry, "float8", SqlType.FLOAT8);
        extremes(registry, "numeric_", SqlType.NUMERIC);
        extremes(registry, "text_", SqlType.TEXT);
        extremes(registry, "bpchar_", SqlType.BPCHAR);
        extremes(registry, "date_", SqlType.DATE);
        extremes(registry, "time_", SqlType.TIME);
        extremes(registry, "timestamp_", SqlType.TIMESTAMP);
        extremes(registry, "interval_", SqlType.INTERVAL);
        extremes(registry, "oid", SqlType.OID);
    }

    /// Of equal values that look different (1.0 and 1.00) the second is kept, but of bpchar the
    /// first.
    private static void extremes(Registry registry, String prefix, SqlType type) {
        int keepFirst = type.kind() == TypeKind.BPCHAR ? 0 : 1;
        registry.function(prefix + "larger", (c, a) -> compare(type, a) >= keepFirst ? a[0] : a[1]);
        registry.function(
                prefix + "smaller", (c, a) -> compare(type, a) <= -keepFirst ? a[0] : a[1]);
    }

    private static int compare(SqlType type, @Nullable Object[] a) {
        return Integer.signum(Datums.compare(type, Args.present(a, 0), Args.present(a, 1)));
    }

    private static void all(Registry registry, String pattern, SqlType type) {
        all(registry, pattern, ordinary(type));
    }

    private static void all(Registry registry, String pattern, Order order) {
        for (Test test : Test.values()) {
            one(registry, String.format(pattern, test.ending), test, order);
        }
    }

    private static void one(Registry registry, String name, Test test, Order order) {
        registry.function(
                name,
                (context, a) ->
                        test.holds(order.compare(context, Args.present(a, 0), Args.present(a, 1))));
    }

    private static Order ordinary(SqlType type) {
        return (context, left, right) -> Datums.compare(type, left, right);
    }

    private static int compareArrays(Object left, Object right) {
        return Datums.compare(SqlType.INT2VECTOR, left, right);
    }

    private static int compareFloats(CallContext context, Object left, Object right) {
        return Datums.compare(
                SqlType.FLOAT8, ((Number) left).doubleValue(), ((Number) right).doubleValue());
    }

    /// Beyond the last timestamp a date is above them all.
    private static long midnight(long days) {
        if (!DateTimes.isDateFinite(days)) {
            return days > 0 ? DateTimes.TIMESTAMP_INFINITY : DateTimes.TIMESTAMP_MINUS_INFINITY;
        }
        return days > DateTimes.TIMESTAMP_END / DateTimes.MICROS_PER_DAY
                ? DateTimes.TIMESTAMP_INFINITY - 1
                : days * DateTimes.MICROS_PER_DAY;
    }

    private static long instant(CallContext context, long local) {
        return local == DateTimes.TIMESTAMP_INFINITY - 1
                ? local
                : DateTimes.toUtc(local, context.format().zone());
    }
}
