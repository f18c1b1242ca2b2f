package io.quorate.sql.function;

import static io.quorate.sql.function.Args.arrayAt;
import static io.quorate.sql.function.Args.intervalAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.numericAt;

import io.quorate.sql.type.Datums;
import io.quorate.sql.type.Interval;
import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Functions that answer a set: `generate_series`, `unnest` and their kin.
final class SetFunctions {
    private SetFunctions() {}

    static void register(Registry registry) {
        for (SqlType type : new SqlType[] {SqlType.INT4, SqlType.INT8}) {
            registry.function(
                    "generate_series_" + type.name(),
                    (c, a) -> ofIntegers(longAt(a, 0), longAt(a, 1), 1));
            registry.function(
                    "generate_series_step_" + type.name(),
                    (c, a) -> ofIntegers(longAt(a, 0), longAt(a, 1), longAt(a, 2)));
        }
        registry.function(
                "generate_series_numeric",
                (c, a) -> ofNumerics(numericAt(a, 0), numericAt(a, 1), Numeric.ONE));
        registry.function(
                "generate_series_step_numeric",
                (c, a) -> ofNumerics(numericAt(a, 0), numericAt(a, 1), numericAt(a, 2)));
        registry.function(
                "generate_series_timestamp",
                (c, a) -> {
                    Interval step = intervalAt(a, 2);
                    return ofTimes(a, step, time -> DateTimeArithmetic.add(time, step));
                });
        registry.function(
                "generate_series_timestamptz",
                (c, a) -> {
                    Interval step = intervalAt(a, 2);
                    return ofTimes(
                            a,
                            step,
                            time -> DateTimeArithmetic.addZoned(time, step, c.format().zone()));
                });
        registry.function(
                "array_unnest", (c, a) -> Arrays.asList(arrayAt(a, 0).toArray()).iterator());
        registry.function(
                "generate_subscripts_nodir",
                (c, a) -> subscripts(arrayAt(a, 0), longAt(a, 1), false));
        registry.function(
                "generate_subscripts",
                (c, a) -> subscripts(arrayAt(a, 0), longAt(a, 1), Args.booleanAt(a, 2)));
        registry.function("text_to_table", (c, a) -> table(a, null));
        registry.function("text_to_table_null", (c, a) -> table(a, (String) a[2]));
    }

    private static @Nullable Object table(@Nullable Object[] a, @Nullable String asNull) {
        if (a[0] == null) {
            return null;
        }
        SqlArray parts = ArrayFunctions.split((String) a[0], a[1], asNull);
        return Arrays.asList(parts.toArray()).iterator();
    }

    /// Values from a first one on, as long as they are within the bound.
    private static final class Series<T> implements Iterator<T> {
        private final Predicate<T> within;
        private final UnaryOperator<@Nullable T> step;
        private @Nullable T next;

        /// @param step answers null behind the last value of the type
        Series(@Nullable T first, Predicate<T> within, UnaryOperator<@Nullable T> step) {
            this.next = first;
            this.within = within;
            this.step = step;
        }

        @Override
        public boolean hasNext() {
            return next != null && within.test(next);
        }

        @Override
        public T next() {
            T value = next;
            if (value == null || !within.test(value)) {
                throw new NoSuchElementException();
            }
            next = step.apply(value);
            return value;
        }
    }

    private static Iterator<?> ofIntegers(long first, long last, long step) {
        if (step == 0) {
            throw stepOfZero();
        }
        return new Series<Long>(
                first,
                value -> step > 0 ? value <= last : value >= last,
                value -> {
                    long next = value == null ? 0 : value + step;
                    boolean wrapped = value == null || step > 0 != next > value;
                    return wrapped ? null : next;
                });
    }

    private static Iterator<?> ofNumerics(Numeric first, Numeric last, Numeric step) {
        requireFinite("start", first);
        requireFinite("stop", last);
        requireFinite("step size", step);
        if (step.signum() == 0) {
            throw stepOfZero();
        }
        return new Series<Numeric>(
                first,
                value -> Integer.signum(value.compareTo(last)) * step.signum() <= 0,
                value -> value == null ? null : value.add(step));
    }

    private static void requireFinite(String what, Numeric value) {
        if (!value.isFinite()) {
            String kind = value.isNaN() ? "NaN" : "infinity";
            throw Mistakes.invalidParameter(
                    what.equals("step size")
                            ? "step size cannot be " + kind
                            : what + " value cannot be " + kind);
        }
    }

    private static Iterator<?> ofTimes(
            @Nullable Object[] a, Interval step, UnaryOperator<Long> add) {
        long first = longAt(a, 0);
        long last = longAt(a, 1);
        int direction = Datums.compare(SqlType.INTERVAL, step, Interval.ZERO);
        if (direction == 0) {
            throw stepOfZero();
        }
        return new Series<Long>(
                first,
                value -> direction > 0 ? value <= last : value >= last,
                value -> value == null ? null : add.apply(value));
    }

    private static RuntimeException stepOfZero() {
        return Mistakes.invalidParameter("step size cannot equal zero");
    }

    private static @Nullable Object subscripts(SqlArray array, long dimension, boolean reverse) {
        if (dimension < 1 || dimension > array.dimensions()) {
            return null;
        }
        long low = array.lowerBound((int) dimension - 1);
        long high = low + array.length((int) dimension - 1) - 1;
        return reverse ? ofIntegers(high, low, -1) : ofIntegers(low, high, 1);
    }
}
