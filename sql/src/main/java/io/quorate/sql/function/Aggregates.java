package io.quorate.sql.function;

import io.quorate.sql.type.Datums;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// The aggregates that keep one value or a count; those that compute sums are [Sums] and
/// [Variances], those that collect are [Collecting].
final class Aggregates {
    private Aggregates() {}

    static void register(Registry registry) {
        registry.aggregate("count", signature -> new Count());
        registry.aggregate("min", signature -> new Extreme(type(signature), -1));
        registry.aggregate("max", signature -> new Extreme(type(signature), 1));
        registry.aggregate("bool_and", signature -> folding((a, b) -> (Boolean) a && (Boolean) b));
        registry.aggregate("every", signature -> folding((a, b) -> (Boolean) a && (Boolean) b));
        registry.aggregate("bool_or", signature -> folding((a, b) -> (Boolean) a || (Boolean) b));
        registry.aggregate("bit_and", signature -> bits((a, b) -> a & b));
        registry.aggregate("bit_or", signature -> bits((a, b) -> a | b));
        registry.aggregate("bit_xor", signature -> bits((a, b) -> a ^ b));
        registry.aggregate("sum", Sums::sum);
        registry.aggregate("avg", Sums::average);
        Variances.register(registry);
        registry.aggregate(
                "string_agg",
                signature ->
                        type(signature).kind() == TypeKind.BYTEA
                                ? new Collecting.Bytes()
                                : new Collecting.Text());
        registry.aggregate(
                "array_agg",
                signature ->
                        type(signature).isArray()
                                ? new Collecting.Arrays(type(signature))
                                : new Collecting.Elements(type(signature)));
    }

    static SqlType type(Signature signature) {
        return signature.argumentTypes().getFirst();
    }

    private static Accumulator bits(LongBinaryOperator operator) {
        return folding((a, b) -> operator.applyAsLong((Long) a, (Long) b));
    }

    private static Accumulator folding(BinaryOperator<Object> operator) {
        return new Folding(operator);
    }

    /// `count(*)` has no argument, `count(x)` leaves the nulls out.
    private static final class Count implements Accumulator {
        private long count;

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments.length == 0 || arguments[0] != null) {
                count++;
            }
        }

        @Override
        public void merge(Accumulator other) {
            count += ((Count) other).count;
        }

        @Override
        public Object result() {
            return count;
        }
    }

    /// Combines the values that are not null two by two; null where there is none.
    private static final class Folding implements Accumulator {
        private final BinaryOperator<Object> operator;
        private @Nullable Object state;

        Folding(BinaryOperator<Object> operator) {
            this.operator = operator;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            take(arguments[0]);
        }

        private void take(@Nullable Object value) {
            if (value != null) {
                state = state == null ? value : operator.apply(state, value);
            }
        }

        @Override
        public void merge(Accumulator other) {
            take(((Folding) other).state);
        }

        @Override
        public @Nullable Object result() {
            return state;
        }
    }

    /// The largest (direction 1) or the smallest (-1). Of equal values that look different the
    /// last is kept, but of bpchar the first.
    private static final class Extreme implements Accumulator {
        private final SqlType type;
        private final int direction;
        private final boolean keepsFirst;
        private @Nullable Object state;

        Extreme(SqlType type, int direction) {
            this.type = type;
            this.direction = direction;
            this.keepsFirst = type.kind() == TypeKind.BPCHAR;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            take(arguments[0]);
        }

        private void take(@Nullable Object value) {
            if (value == null) {
                return;
            }
            if (state == null) {
                state = value;
                return;
            }
            int order = Integer.signum(Datums.compare(type, state, value)) * direction;
            if (order < 0 || order == 0 && !keepsFirst) {
                state = value;
            }
        }

        @Override
        public void merge(Accumulator other) {
            take(((Extreme) other).state);
        }

        @Override
        public @Nullable Object result() {
            return state;
        }
    }
}
