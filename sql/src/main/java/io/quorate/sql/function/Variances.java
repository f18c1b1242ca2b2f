package io.quorate.sql.function;

import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.NumericMath;
import io.quorate.sql.type.TypeKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The variances and standard deviations: of integers and numerics exact sums of squares, of floats
/// the running form of Youngs and Cramer.
final class Variances {
    /// What is asked of the same state.
    private record Wanted(boolean sample, boolean root) {}

    private Variances() {}

    static void register(Registry registry) {
        register(registry, "variance", new Wanted(true, false));
        register(registry, "var_samp", new Wanted(true, false));
        register(registry, "var_pop", new Wanted(false, false));
        register(registry, "stddev", new Wanted(true, true));
        register(registry, "stddev_samp", new Wanted(true, true));
        register(registry, "stddev_pop", new Wanted(false, true));
    }

    private static void register(Registry registry, String name, Wanted wanted) {
        registry.aggregate(
                name,
                signature -> {
                    TypeKind kind = Aggregates.type(signature).kind();
                    return kind == TypeKind.FLOAT4 || kind == TypeKind.FLOAT8
                            ? new OfDoubles(wanted)
                            : new OfNumerics(wanted);
                });
    }

    private static final class OfNumerics implements Accumulator {
        private final Wanted wanted;
        private long count;
        private Numeric sum = Numeric.ZERO;
        private Numeric sumOfSquares = Numeric.ZERO;

        OfNumerics(Wanted wanted) {
            this.wanted = wanted;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] == null) {
                return;
            }
            Numeric value =
                    arguments[0] instanceof Long whole ? Numeric.of(whole) : (Numeric) arguments[0];
            count++;
            sum = sum.add(value);
            sumOfSquares = sumOfSquares.add(value.multiply(value));
        }

        @Override
        public void merge(Accumulator other) {
            OfNumerics more = (OfNumerics) other;
            count += more.count;
            sum = sum.add(more.sum);
            sumOfSquares = sumOfSquares.add(more.sumOfSquares);
        }

        @Override
        public @Nullable Object result() {
            if (count == 0 || wanted.sample() && count == 1) {
                return null;
            }
            if (!sum.isFinite()) {
                return Numeric.NAN;
            }
            BigDecimal n = BigDecimal.valueOf(count);
            BigDecimal total = sum.toBigDecimal();
            BigDecimal numerator =
                    sumOfSquares.toBigDecimal().multiply(n).subtract(total.multiply(total));
            if (numerator.signum() <= 0) {
                return Numeric.ZERO;
            }
            BigDecimal divisor = n.multiply(wanted.sample() ? n.subtract(BigDecimal.ONE) : n);
            Numeric variance = Numeric.of(numerator).divide(Numeric.of(divisor));
            return wanted.root()
                    ? Numeric.of(NumericMath.sqrt(variance.toBigDecimal(), variance.scale()))
                    : variance;
        }
    }

    private static final class OfDoubles implements Accumulator {
        private final Wanted wanted;
        private double count;
        private double sum;
        private double squares;

        OfDoubles(Wanted wanted) {
            this.wanted = wanted;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (!(arguments[0] instanceof Number number)) {
                return;
            }
            double value = number.doubleValue();
            count++;
            sum += value;
            if (count > 1) {
                double deviation = value * count - sum;
                squares += deviation * deviation / (count * (count - 1));
            } else if (Double.isNaN(value) || Double.isInfinite(value)) {
                squares = Double.NaN;
            }
            if (Double.isInfinite(sum) || Double.isInfinite(squares)) {
                squares = Double.NaN;
            }
        }

        @Override
        public void merge(Accumulator other) {
            OfDoubles more = (OfDoubles) other;
            if (more.count == 0) {
                return;
            }
            if (count == 0) {
                squares = more.squares;
            } else {
                double difference = sum / count - more.sum / more.count;
                squares +=
                        more.squares
                                + count
                                        * more.count
                                        * difference
                                        * difference
                                        / (count + more.count);
            }
            count += more.count;
            sum += more.sum;
        }

        @Override
        public @Nullable Object result() {
            double divisor = wanted.sample() ? count - 1 : count;
            if (divisor <= 0) {
                return null;
            }
            double variance = squares / divisor;
            return wanted.root() ? Math.sqrt(variance) : variance;
        }
    }
}
