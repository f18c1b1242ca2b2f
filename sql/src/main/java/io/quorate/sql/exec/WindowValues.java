package io.quorate.sql.exec;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.function.ResolvedAggregate;
import io.quorate.sql.function.ResolvedWindow;
import io.quorate.sql.function.WindowFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The values of one call over one partition. Asked for row by row, in order.
interface WindowValues {
    @Nullable Object at(int row);

    /// @param bounds asked for by the calls that look at a frame
    static WindowValues of(
            PlanNode.FramedCall call,
            WindowPartition partition,
            Supplier<WindowBounds> bounds,
            Frame frame) {
        return switch (call.call().resolved()) {
            case ResolvedAggregate aggregate ->
                    new WindowAggregate(call, aggregate, partition, bounds.get(), frame);
            case ResolvedWindow window -> {
                Arguments arguments = new Arguments(call, partition, frame);
                yield switch (window.function().kind()) {
                    case ROW_NUMBER -> row -> row + 1L;
                    case RANK -> row -> partition.peersStart(row) + 1L;
                    case DENSE_RANK -> row -> partition.groupOf(row) + 1L;
                    case PERCENT_RANK -> row -> percentRank(partition, row);
                    case CUME_DIST -> row -> (double) partition.peersEnd(row) / partition.size();
                    case NTILE -> new Tiles(arguments);
                    case LAG -> row -> neighbour(arguments, row, -1);
                    case LEAD -> row -> neighbour(arguments, row, 1);
                    case FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
                            new Framed(window.function().kind(), arguments, bounds.get());
                };
            }
        };
    }

    /// The call's arguments, each computed over the row it is asked of.
    record Arguments(PlanNode.FramedCall call, WindowPartition partition, Frame frame) {
        int count() {
            return call.arguments().size();
        }

        @Nullable Object value(int argument, int row) {
            return call.arguments().get(argument).evaluate(frame, partition.row(row));
        }
    }

    private static double percentRank(WindowPartition partition, int row) {
        return partition.size() == 1
                ? 0
                : (double) partition.peersStart(row) / (partition.size() - 1);
    }

    private static @Nullable Object neighbour(Arguments arguments, int row, int direction) {
        long distance = 1;
        if (arguments.count() > 1) {
            Object asked = arguments.value(1, row);
            if (asked == null) {
                return null;
            }
            distance = (Long) asked;
        }
        long target = row + direction * distance;
        if (target >= 0 && target < arguments.partition().size()) {
            return arguments.value(0, (int) target);
        }
        return arguments.count() > 2 ? arguments.value(2, row) : null;
    }

    /// `ntile(n)`: n parts whose sizes differ by one at most, the larger first. The number is that of
    /// the partition's first row; while it is NULL, so is the result.
    final class Tiles implements WindowValues {
        private final Arguments arguments;
        private long tiles;

        private Tiles(Arguments arguments) {
            this.arguments = arguments;
        }

        @Override
        public @Nullable Object at(int row) {
            if (tiles == 0) {
                Object asked = arguments.value(0, row);
                if (asked == null) {
                    return null;
                }
                tiles = (Long) asked;
                if (tiles <= 0) {
                    throw new QuorateException(
                            ErrorCode.INVALID_ARGUMENT_FOR_NTILE_FUNCTION,
                            "argument of ntile must be greater than zero");
                }
            }
            long rows = arguments.partition().size();
            long small = rows / tiles;
            long inLargeTiles = rows % tiles * (small + 1);
            return row < inLargeTiles
                    ? row / (small + 1) + 1
                    : rows % tiles + (row - inLargeTiles) / small + 1;
        }
    }

    /// The functions that pick a row of the frame.
    final class Framed implements WindowValues {
        private final WindowFunction.Kind kind;
        private final Arguments arguments;
        private final WindowBounds bounds;

        private Framed(WindowFunction.Kind kind, Arguments arguments, WindowBounds bounds) {
            this.kind = kind;
            this.arguments = arguments;
            this.bounds = bounds;
        }

        @Override
        public @Nullable Object at(int row) {
            bounds.moveTo(row);
            int picked =
                    switch (kind) {
                        case FIRST_VALUE -> nth(1);
                        case LAST_VALUE -> last();
                        case NTH_VALUE -> nthAsked(row);
                        case ROW_NUMBER,
                                RANK,
                                DENSE_RANK,
                                PERCENT_RANK,
                                CUME_DIST,
                                NTILE,
                                LAG,
                                LEAD ->
                                throw Check.unreachable("it looks not at its frame");
                    };
            return picked < 0 ? null : arguments.value(0, picked);
        }

        private int nthAsked(int row) {
            Object asked = arguments.value(1, row);
            if (asked == null) {
                return -1;
            }
            if ((Long) asked <= 0) {
                throw new QuorateException(
                        ErrorCode.INVALID_ARGUMENT_FOR_NTH_VALUE_FUNCTION,
                        "argument of nth_value must be greater than zero");
            }
            return nth((Long) asked);
        }

        /// The frame's nth row from 1; -1 where it has fewer.
        private int nth(long asked) {
            if (bounds.excludesNothing()) {
                return asked <= bounds.end() - bounds.start()
                        ? (int) (bounds.start() + asked - 1)
                        : -1;
            }
            long left = asked;
            for (int candidate = bounds.start(); candidate < bounds.end(); candidate++) {
                if (!bounds.isExcluded(candidate) && --left == 0) {
                    return candidate;
                }
            }
            return -1;
        }

        private int last() {
            int candidate = bounds.end() - 1;
            while (candidate >= bounds.start() && bounds.isExcluded(candidate)) {
                candidate--;
            }
            return candidate >= bounds.start() ? candidate : -1;
        }
    }
}
