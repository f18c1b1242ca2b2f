package io.quorate.sql.exec;

import io.quorate.sql.algebra.Rel.JoinKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A join that holds its right side in memory. Which right rows may match a left one is the
/// subclass's business.
abstract class JoinOperator implements Operator {
    /// A right row, and whether any left row matched it.
    static final class Entry {
        final @Nullable Object[] row;
        boolean matched;

        Entry(@Nullable Object[] row) {
            this.row = row;
        }
    }

    private final JoinKind kind;
    private final Operator left;
    private final Operator right;
    private final @Nullable Computed condition;
    private final int leftWidth;
    private final int rightWidth;
    private final Frame frame;
    private final List<Entry> entries = new ArrayList<>();

    private @Nullable Object @Nullable [] leftRow;
    private List<Entry> candidates = List.of();
    private int candidate;
    private boolean leftMatched;
    private int unmatched = -1;

    JoinOperator(
            JoinKind kind,
            Operator left,
            Operator right,
            @Nullable Computed condition,
            int leftWidth,
            int rightWidth,
            Frame frame) {
        this.kind = kind;
        this.left = left;
        this.right = right;
        this.condition = condition;
        this.leftWidth = leftWidth;
        this.rightWidth = rightWidth;
        this.frame = frame;
    }

    /// Takes a right row in.
    abstract void index(Entry entry);

    /// The right rows that may match, in the order they came.
    abstract List<Entry> candidates(@Nullable Object[] row);

    @Override
    public void open() {
        HeldRows rows = HeldRows.of(right, frame.run());
        for (@Nullable Object[] row : rows.rows()) {
            Entry entry = new Entry(row);
            entries.add(entry);
            index(entry);
        }
        left.open();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        while (unmatched < 0) {
            if (leftRow == null && !advanceLeft()) {
                if (kind != JoinKind.RIGHT && kind != JoinKind.FULL) {
                    return null;
                }
                unmatched = 0;
                break;
            }
            @Nullable Object[] row = nextOfLeft();
            if (row != null) {
                return row;
            }
        }
        return nextUnmatched();
    }

    private boolean advanceLeft() {
        leftRow = left.next();
        if (leftRow == null) {
            return false;
        }
        frame.run().step();
        candidates = candidates(leftRow);
        candidate = 0;
        leftMatched = false;
        return true;
    }

    /// The next row for the current left row; null when it is done with.
    private @Nullable Object @Nullable [] nextOfLeft() {
        @Nullable Object[] current = leftRow;
        if (current == null) {
            return null;
        }
        while (candidate < candidates.size()) {
            Entry entry = candidates.get(candidate++);
            @Nullable Object[] both = Operators.joined(current, entry.row);
            frame.run().step();
            if (!Operators.passes(condition, frame, both)) {
                continue;
            }
            leftMatched = true;
            entry.matched = true;
            switch (kind) {
                case INNER, LEFT, RIGHT, FULL -> {
                    return both;
                }
                case SEMI -> {
                    leftRow = null;
                    return current;
                }
                case ANTI -> {
                    leftRow = null;
                    return null;
                }
            }
        }
        leftRow = null;
        if (leftMatched) {
            return null;
        }
        return switch (kind) {
            case LEFT, FULL -> Operators.joined(current, new Object[rightWidth]);
            case ANTI -> current;
            case INNER, RIGHT, SEMI -> null;
        };
    }

    private @Nullable Object @Nullable [] nextUnmatched() {
        while (unmatched < entries.size()) {
            Entry entry = entries.get(unmatched++);
            if (!entry.matched) {
                return Operators.joined(new Object[leftWidth], entry.row);
            }
        }
        return null;
    }

    List<Entry> entries() {
        return entries;
    }

    @Override
    public void close() {
        left.close();
        frame.run().release(entries.size());
        entries.clear();
    }
}
