package io.quorate.sql.session;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.parse.ast.UtilityStatement.Fetch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The cursors of a session by name. A cursor's query runs whole when it is declared, on the snapshot
/// of that moment; its rows stay in memory, up to what one statement may hold.
final class Cursors {
    private final Map<String, Cursor> open = new TreeMap<>();

    /// @param statement tells of the columns
    /// @param forwardOnly of NO SCROLL
    /// @param hold whether it outlives its transaction
    /// @param savepoints how many there were when it was declared
    Cursor declare(
            String name,
            StatementHandle statement,
            List<@Nullable Object[]> rows,
            boolean forwardOnly,
            boolean hold,
            int savepoints) {
        Cursor cursor = new Cursor(statement, rows, forwardOnly, hold, savepoints);
        open.put(name, cursor);
        return cursor;
    }

    /// 42P03 where the name is taken.
    void requireFree(String name) {
        if (open.containsKey(name)) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_CURSOR, "cursor \"" + name + "\" already exists");
        }
    }

    /// 34000 where there is none.
    Cursor require(String name) {
        Cursor cursor = open.get(name);
        if (cursor == null) {
            throw new QuorateException(
                    ErrorCode.INVALID_CURSOR_NAME, "cursor \"" + name + "\" does not exist");
        }
        return cursor;
    }

    void close(String name) {
        require(name);
        open.remove(name);
    }

    void closeAll() {
        open.clear();
    }

    /// The transaction is over: only what was declared WITH HOLD stays, and only after a commit.
    void endTransaction(boolean committed) {
        open.values().removeIf(cursor -> !cursor.isHeld && (!cursor.hold || !committed));
        open.values().forEach(cursor -> cursor.isHeld = true);
    }

    /// Back at a savepoint that so many others were before: what was declared since is gone.
    void rollbackTo(int savepointsBefore) {
        open.values().removeIf(cursor -> !cursor.isHeld && cursor.savepoints > savepointsBefore);
    }

    /// Rows and a place among them: 0 before the first, the number of rows plus one after the last.
    static final class Cursor {
        private final StatementHandle statement;
        private final List<@Nullable Object[]> rows;
        private final boolean forwardOnly;
        private final boolean hold;
        private final int savepoints;
        private long place;
        private boolean isHeld;

        private Cursor(
                StatementHandle statement,
                List<@Nullable Object[]> rows,
                boolean forwardOnly,
                boolean hold,
                int savepoints) {
            this.statement = statement;
            this.rows = List.copyOf(rows);
            this.forwardOnly = forwardOnly;
            this.hold = hold;
            this.savepoints = savepoints;
        }

        StatementHandle statement() {
            return statement;
        }

        /// The rows that FETCH gives, and MOVE passes.
        List<@Nullable Object[]> fetch(Fetch.Direction direction, long count) {
            return switch (direction) {
                case FORWARD -> count < 0 ? backward(-count) : forward(count);
                case BACKWARD -> count < 0 ? forward(-count) : backward(count);
                case ABSOLUTE -> at(count < 0 ? rows.size() + 1 + count : count);
                case RELATIVE -> at(place + count);
            };
        }

        private List<@Nullable Object[]> forward(long count) {
            if (count == 0) {
                return at(place);
            }
            List<@Nullable Object[]> found = new ArrayList<>();
            while (found.size() < count && place <= rows.size()) {
                place++;
                if (place <= rows.size()) {
                    found.add(rows.get((int) place - 1));
                }
            }
            return found;
        }

        private List<@Nullable Object[]> backward(long count) {
            if (count == 0) {
                return at(place);
            }
            refuseBackward();
            List<@Nullable Object[]> found = new ArrayList<>();
            while (found.size() < count && place > 0) {
                place--;
                if (place > 0) {
                    found.add(rows.get((int) place - 1));
                }
            }
            return found;
        }

        private List<@Nullable Object[]> at(long wanted) {
            if (wanted < place) {
                refuseBackward();
            }
            place = Math.max(0, Math.min(wanted, rows.size() + 1L));
            List<@Nullable Object[]> found = new ArrayList<>();
            if (place > 0 && place <= rows.size()) {
                found.add(rows.get((int) place - 1));
            }
            return found;
        }

        private void refuseBackward() {
            if (forwardOnly) {
                throw new QuorateException(
                                ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                                "cursor can only scan forward")
                        .withHint("Declare it with SCROLL option to enable backward scan.");
            }
        }
    }
}
