package io.quorate.sql.exec;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.SortKey;
import io.quorate.sql.algebra.WindowFrame;
import io.quorate.sql.algebra.WindowFrame.BoundKind;
import io.quorate.sql.function.InRange;
import org.jspecify.annotations.Nullable;

/// The frame of a row: from [#start] to before [#end], less what [#isExcluded]. Both move forward only
/// from row to row; ask for the rows in order.
final class WindowBounds {
    private final WindowFrame definition;
    private final WindowPartition partition;
    private final Frame frame;
    private final Offsets offsets;
    private final @Nullable SortKey rangeKey;
    private int row;
    private int start;
    private int end;

    /// The offsets of a frame, the same for all partitions.
    record Offsets(@Nullable Object start, @Nullable Object end) {
        static Offsets of(PlanNode.FramedCall call, Frame frame) {
            WindowFrame.Unit unit = call.call().frame().unit();
            return new Offsets(
                    offset(call.startOffset(), "starting", unit, frame),
                    offset(call.endOffset(), "ending", unit, frame));
        }

        private static @Nullable Object offset(
                @Nullable Computed offset, String which, WindowFrame.Unit unit, Frame frame) {
            if (offset == null) {
                return null;
            }
            Object value = offset.evaluate(frame, Evaluator.NO_ROW);
            if (value == null) {
                throw new QuorateException(
                        ErrorCode.NULL_VALUE_NOT_ALLOWED,
                        "frame " + which + " offset must not be null");
            }
            if (unit != WindowFrame.Unit.RANGE && (Long) value < 0) {
                throw new QuorateException(
                        ErrorCode.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                        "frame " + which + " offset must not be negative");
            }
            return value;
        }
    }

    /// @param key of the window's order, where it has just one
    WindowBounds(
            WindowFrame definition,
            Offsets offsets,
            @Nullable SortKey key,
            WindowPartition partition,
            Frame frame) {
        this.definition = definition;
        this.offsets = offsets;
        this.rangeKey = key;
        this.partition = partition;
        this.frame = frame;
    }

    void moveTo(int newRow) {
        row = newRow;
        start = bound(definition.start(), offsets.start(), true, start);
        end = Math.max(start, bound(definition.end(), offsets.end(), false, end));
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    boolean excludesNothing() {
        return definition.exclusion() == WindowFrame.Exclusion.NO_OTHERS;
    }

    boolean isExcluded(int candidate) {
        boolean peer = partition.groupOf(candidate) == partition.groupOf(row);
        return switch (definition.exclusion()) {
            case NO_OTHERS -> false;
            case CURRENT_ROW -> candidate == row;
            case GROUP -> peer;
            case TIES -> peer && candidate != row;
        };
    }

    /// @param previous where the bound was for the row before
    private int bound(
            WindowFrame.Bound bound, @Nullable Object offset, boolean isStart, int previous) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> 0;
            case UNBOUNDED_FOLLOWING -> partition.size();
            case CURRENT_ROW ->
                    switch (definition.unit()) {
                        case ROWS -> isStart ? row : row + 1;
                        case RANGE, GROUPS ->
                                isStart ? partition.peersStart(row) : partition.peersEnd(row);
                    };
            case PRECEDING, FOLLOWING -> {
                Object distance = Check.present(offset, "a bound that counts has its offset");
                boolean preceding = bound.kind() == BoundKind.PRECEDING;
                yield switch (definition.unit()) {
                    case ROWS -> byRows((Long) distance, preceding, isStart);
                    case GROUPS -> byGroups((Long) distance, preceding, isStart);
                    case RANGE ->
                            byRange(
                                    Check.present(bound.inRange(), "a range knows its type"),
                                    distance,
                                    preceding,
                                    isStart,
                                    previous);
                };
            }
        };
    }

    private int byRows(long distance, boolean preceding, boolean isStart) {
        long bound = moved(row, distance, preceding) + (isStart ? 0 : 1);
        return Math.clamp(bound, 0, partition.size());
    }

    private int byGroups(long distance, boolean preceding, boolean isStart) {
        long group = moved(partition.groupOf(row), distance, preceding);
        if (group < 0) {
            return 0;
        }
        if (group >= partition.groups()) {
            return partition.size();
        }
        return isStart ? partition.groupStart((int) group) : partition.groupEnd((int) group);
    }

    /// Far beyond both ends where the sum does not fit.
    private static long moved(int from, long distance, boolean preceding) {
        long capped = Math.min(distance, Integer.MAX_VALUE);
        return preceding ? from - capped : from + capped;
    }

    /// A start is the first row that is not before the range, an end the first that is beyond it. The
    /// nulls stand at one end of the partition: they are in range of each other only.
    private int byRange(
            InRange range, Object distance, boolean preceding, boolean isStart, int previous) {
        SortKey key = Check.present(rangeKey, "the binder saw to one column of order");
        boolean subtract = preceding != key.descending();
        boolean less = isStart == key.descending();
        Object base = partition.row(row)[key.slot()];
        int candidate = previous;
        for (; candidate < partition.size(); candidate++) {
            Object value = partition.row(candidate)[key.slot()];
            boolean passed =
                    value == null || base == null
                            ? passesNull(value == null, base == null, isStart, key)
                            : isStart
                                    != range.holds(
                                            frame.context().call(),
                                            value,
                                            base,
                                            distance,
                                            subtract,
                                            less);
            if (!passed) {
                break;
            }
        }
        return candidate;
    }

    /// Whether a bound moves on over a row where it or the current row is null.
    private static boolean passesNull(
            boolean valueIsNull, boolean baseIsNull, boolean isStart, SortKey key) {
        return valueIsNull && baseIsNull ? !isStart : valueIsNull == key.nullsFirst();
    }
}
