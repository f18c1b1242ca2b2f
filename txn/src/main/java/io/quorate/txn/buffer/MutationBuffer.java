package io.quorate.txn.buffer;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The writes of one transaction until it commits: the newest per key, and a log of what each replaced,
/// so that a statement or everything since a savepoint can be taken back. Used by one thread.
///
/// A mark is a position in that log. Only the first write to a key after a mark is logged: a later one
/// replaces something that no mark can bring back.
public final class MutationBuffer {
    /// What one transaction may hold in memory.
    private static final long BYTES_MAX = 512L << 20;

    private static final int OVERHEAD_BYTES = 96;

    private final NavigableMap<ByteSlice, Write> writes = new TreeMap<>();
    private final List<Undo> log = new ArrayList<>();
    private int lastMark;
    private long bytes;

    /// A key's newest write.
    ///
    /// @param value null deletes the key
    /// @param duplicate the error if the key exists at commit; null where it may
    /// @param floor the read timestamp of the statement that wrote
    /// @param position the length of the log when it was written
    public record Write(
            @Nullable ByteSlice value,
            @Nullable Supplier<QuorateException> duplicate,
            Timestamp floor,
            int position) {
        public boolean mustNotExist() {
            return duplicate != null;
        }
    }

    /// What a write replaced.
    private record Undo(ByteSlice key, @Nullable Write before) {}

    public void put(
            ByteSlice key,
            @Nullable ByteSlice value,
            @Nullable Supplier<QuorateException> duplicate,
            Timestamp floor) {
        Write before = writes.get(key);
        if (before == null || before.position() <= lastMark) {
            log.add(new Undo(key, before));
        }
        Write write = new Write(value, duplicate, floor, log.size());
        writes.put(key, write);
        bytes += sizeOf(key, write) - (before == null ? 0 : sizeOf(key, before));
        if (bytes > BYTES_MAX) {
            throw new QuorateException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "the transaction writes more than " + (BYTES_MAX >> 20) + " MiB")
                    .withHint("Split it into smaller transactions.");
        }
    }

    public @Nullable Write get(ByteSlice key) {
        return writes.get(key);
    }

    public boolean isEmpty() {
        return writes.isEmpty();
    }

    /// All writes in key order, as they are now.
    public SortedMap<ByteSlice, Write> all() {
        return writes;
    }

    /// A copy of the writes within a range, in key order or backwards: what a cursor opened now sees,
    /// whatever is written while it is read.
    public List<OwnRow> copy(KeyRange range, boolean reverse) {
        if (range.isEmpty() || writes.isEmpty()) {
            return List.of();
        }
        ByteSlice end = range.end();
        NavigableMap<ByteSlice, Write> part =
                end == null
                        ? writes.tailMap(range.start(), true)
                        : writes.subMap(range.start(), true, end, false);
        List<OwnRow> rows = new ArrayList<>();
        (reverse ? part.descendingMap() : part)
                .forEach((key, write) -> rows.add(new OwnRow(key, write.value())));
        return rows;
    }

    /// A key that this transaction wrote; a null value means that it deleted it.
    public record OwnRow(ByteSlice key, @Nullable ByteSlice value) {}

    /// Marks the writes so far, for [#rollbackTo].
    public int mark() {
        lastMark = log.size();
        return lastMark;
    }

    /// Takes back everything written since the mark, which stays valid. Later marks are void.
    public void rollbackTo(int mark) {
        Check.that(mark >= 0 && mark <= log.size(), "a mark lies within the log: %s", mark);
        for (int i = log.size() - 1; i >= mark; i--) {
            Undo undo = log.removeLast();
            Write now =
                    undo.before() == null
                            ? writes.remove(undo.key())
                            : writes.put(undo.key(), undo.before());
            bytes -= now == null ? 0 : sizeOf(undo.key(), now);
            bytes += undo.before() == null ? 0 : sizeOf(undo.key(), undo.before());
        }
        lastMark = mark;
        Check.that(bytes >= 0 && (bytes > 0 || writes.isEmpty()), "the size follows the writes");
    }

    private static long sizeOf(ByteSlice key, Write write) {
        ByteSlice value = write.value();
        return (long) OVERHEAD_BYTES + key.length() + (value == null ? 0 : value.length());
    }
}
