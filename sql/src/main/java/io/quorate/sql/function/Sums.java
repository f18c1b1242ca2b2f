package io.quorate.sql.function;

import io.quorate.sql.type.Interval;
import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.SqlType;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// `sum` and `avg`. Integers are summed exactly: sum(int4) is an int8, sum(int8) and every average
/// of integers a numeric.
final class Sums {
    private Sums() {}

    static Accumulator sum(Signature signature) {
        SqlType type = Aggregates.type(signature);
        return switch (type.kind()) {
            case INT2, INT4 -> new OfIntegers(false, SqlType.INT8);
            case INT8 -> new OfIntegers(false, SqlType.NUMERIC);
            case FLOAT4 -> new OfFloats();
            case FLOAT8 -> new OfDoubles(false);
            case INTERVAL -> new OfIntervals(false);
            default -> new OfNumerics(false);
        };
    }

    static Accumulator average(Signature signature) {
        SqlType type = Aggregates.type(signature);
        return switch (type.kind()) {
            case INT2, INT4, INT8 -> new OfIntegers(true, SqlType.NUMERIC);
            case FLOAT4, FLOAT8 -> new OfDoubles(true);
            case INTERVAL -> new OfIntervals(true);
            default -> new OfNumerics(true);
        };
    }

    /// A long as long as it lasts, then a BigInteger.
    private static final class OfIntegers implements Accumulator {
        private final boolean average;
        private final SqlType result;
        private long count;
        private long small;
        private BigInteger large = BigInteger.ZERO;

        OfIntegers(boolean average, SqlType result) {
            this.average = average;
            this.result = result;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] instanceof Long value) {
                count++;
                addToSum(value);
            }
        }

        private void addToSum(long value) {
            long sum = small + value;
            if (((small ^ sum) & (value ^ sum)) < 0) {
                large = large.add(BigInteger.valueOf(small));
                sum = value;
            }
            small = sum;
        }

        @Override
        public void merge(Accumulator other) {
            OfIntegers more = (OfIntegers) other;
            count += more.count;
            large = large.add(more.large);
            addToSum(more.small);
        }

        @Override
        public @Nullable Object result() {
            if (count == 0) {
                return null;
            }
            BigInteger sum = large.add(BigInteger.valueOf(small));
            if (average) {
                return Numeric.of(sum).divide(Numeric.of(count));
            }
            if (!result.sameTypeAs(SqlType.INT8)) {
                return Numeric.of(sum);
            }
            if (sum.bitLength() > 63) {
                throw Mistakes.outOfRange(SqlType.INT8);
            }
            return sum.longValue();
        }
    }

    private static final class OfNumerics implements Accumulator {
        private final boolean average;
        private long count;
        private Numeric sum = Numeric.ZERO;

        OfNumerics(boolean average) {
            this.average = average;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] instanceof Numeric value) {
                count++;
                sum = sum.add(value);
            }
        }

        @Override
        public void merge(Accumulator other) {
            count += ((OfNumerics) other).count;
            sum = sum.add(((OfNumerics) other).sum);
        }

        @Override
        public @Nullable Object result() {
            if (count == 0) {
                return null;
            }
            return average ? sum.divide(Numeric.of(count)) : sum;
        }
    }

    /// sum(float4) stays in single precision.
    private static final class OfFloats implements Accumulator {
        private @Nullable Float sum;

        @Override
        public void add(@Nullable Object[] arguments) {
            take((Float) arguments[0]);
        }

        private void take(@Nullable Float value) {
            if (value == null) {
                return;
            }
            float next = sum == null ? value : sum + value;
            if (Float.isInfinite(next) && sum != null && !sum.isInfinite() && !value.isInfinite()) {
                throw Mistakes.floatOverflow();
            }
            sum = next;
        }

        @Override
        public void merge(Accumulator other) {
            take(((OfFloats) other).sum);
        }

        @Override
        public @Nullable Object result() {
            return sum;
        }
    }

    private static final class OfDoubles implements Accumulator {
        private final boolean average;
        private long count;
        private double sum;

        OfDoubles(boolean average) {
            this.average = average;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] instanceof Number value) {
                take(1, value.doubleValue());
            }
        }

        /// The first value is taken as it is, for 0 + -0 is 0.
        private void take(long moreCount, double value) {
            sum = count == 0 ? value : FloatFunctions.checkOverflow(sum + value, sum, value);
            count += moreCount;
        }

        @Override
        public void merge(Accumulator other) {
            OfDoubles more = (OfDoubles) other;
            if (more.count > 0) {
                take(more.count, more.sum);
            }
        }

        @Override
        public @Nullable Object result() {
            if (count == 0) {
                return null;
            }
            return average ? sum / count : sum;
        }
    }

    private static final class OfIntervals implements Accumulator {
        private final boolean average;
        private long count;
        private Interval sum = Interval.ZERO;

        OfIntervals(boolean average) {
            this.average = average;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] instanceof Interval value) {
                count++;
                sum = sum.plus(value);
            }
        }

        @Override
        public void merge(Accumulator other) {
            count += ((OfIntervals) other).count;
            sum = sum.plus(((OfIntervals) other).sum);
        }

        @Override
        public @Nullable Object result() {
            if (count == 0) {
                return null;
            }
            return average ? sum.dividedBy((double) count) : sum;
        }
    }
}
