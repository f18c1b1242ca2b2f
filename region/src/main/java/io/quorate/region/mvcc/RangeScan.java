package io.quorate.region.mvcc;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.EngineSnapshot.Cursor;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a range of keys in order, forwards or backwards. Two cursors run side by side, over the
/// versions and over the locks.
///
/// Most keys have one version or few, so the cursor first walks a few steps to the version it wants
/// or to the next key, and seeks only when that was not enough: a seek costs as much as many steps.
public final class RangeScan implements AutoCloseable {
    /// Steps before a seek.
    private static final int STEPS_MAX = 8;

    private final EngineSnapshot snapshot;
    private final ReadView view;
    private final boolean reverse;
    private final Cursor writes;
    private final Cursor locks;

    private RangeScan(EngineSnapshot snapshot, KeyRange range, ReadView view, boolean reverse) {
        this.snapshot = snapshot;
        this.view = view;
        this.reverse = reverse;
        ByteSlice end = range.end();
        writes =
                snapshot.cursor(
                        Family.WRITE,
                        VersionKey.prefix(range.start()),
                        end == null ? null : VersionKey.prefix(end));
        locks = snapshot.cursor(Family.LOCK, range.start(), end);
    }

    /// What a scan found. Where a lock was met nothing else is told.
    ///
    /// @param resumeAt null when the range is done; else the first key not looked at (backwards: the
    ///     key below which it goes on)
    public record Page(
            @Nullable LockInfo blocking, List<KeyValue> rows, @Nullable ByteSlice resumeAt) {}

    /// Reads up to `limit` rows, and stops after the row that makes it `bytesMax` bytes.
    public static Page scan(
            EngineSnapshot snapshot,
            KeyRange range,
            boolean reverse,
            int limit,
            int bytesMax,
            ReadView view) {
        try (RangeScan scan = new RangeScan(snapshot, range, view, reverse)) {
            return scan.page(limit, bytesMax);
        }
    }

    @Override
    public void close() {
        writes.close();
        locks.close();
    }

    private Page page(int limit, int bytesMax) {
        List<KeyValue> rows = new ArrayList<>();
        long bytes = 0;
        toFirst(writes);
        toFirst(locks);
        while (writes.valid() && rows.size() < limit && bytes < bytesMax) {
            ByteSlice prefix = VersionKey.prefixOf(writes.key());
            ByteSlice key = VersionKey.userKey(writes.key());
            LockInfo blocking = blockingUpTo(key);
            if (blocking != null) {
                return new Page(blocking, List.of(), null);
            }
            ByteSlice value = reverse ? visibleBackwards(prefix) : visibleForwards(prefix);
            if (value != null) {
                rows.add(new KeyValue(key, value));
                bytes += key.length() + value.length();
            }
            leaveKey(prefix);
        }
        boolean full = rows.size() >= limit || bytes >= bytesMax;
        if (full && (writes.valid() || locks.valid())) {
            return new Page(null, rows, resumeAfter(rows));
        }
        LockInfo blocking = blockingUpTo(null);
        return blocking == null ? new Page(null, rows, null) : new Page(blocking, List.of(), null);
    }

    private @Nullable ByteSlice resumeAfter(List<KeyValue> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        ByteSlice last = rows.getLast().key();
        return reverse ? last : last.successor();
    }

    /// The first blocking lock on the way to `key` and on it; up to the end of the range if null.
    private @Nullable LockInfo blockingUpTo(@Nullable ByteSlice key) {
        while (locks.valid() && (key == null || isReached(locks.key(), key))) {
            LockRecord lock = LockRecord.decode(locks.value());
            if (view.isBlockedBy(lock)) {
                return lock.info(locks.key());
            }
            step(locks);
        }
        return null;
    }

    private boolean isReached(ByteSlice lockKey, ByteSlice key) {
        int order = lockKey.compareTo(key);
        return reverse ? order >= 0 : order <= 0;
    }

    /// Stands on the newest version of the key.
    private @Nullable ByteSlice visibleForwards(ByteSlice prefix) {
        Timestamp read = view.read();
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            if (!MvccReader.standsOn(writes, prefix)) {
                return null;
            }
            if (!VersionKey.timestamp(writes.key()).isAfter(read)) {
                return changedValue(prefix);
            }
            writes.next();
        }
        writes.seek(VersionKey.withTimestamp(prefix, read));
        return changedValue(prefix);
    }

    /// Stands on the oldest version of the key; the last change met before `read` counts.
    private @Nullable ByteSlice visibleBackwards(ByteSlice prefix) {
        Timestamp read = view.read();
        WriteRecord visible = null;
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            if (!MvccReader.standsOn(writes, prefix)
                    || VersionKey.timestamp(writes.key()).isAfter(read)) {
                return visible == null ? null : MvccReader.value(snapshot, prefix, visible);
            }
            WriteRecord record = WriteRecord.decode(writes.value());
            switch (record.kind()) {
                case PUT, DELETE -> visible = record;
                case LOCK, ROLLBACK -> {}
            }
            writes.previous();
        }
        writes.seek(VersionKey.withTimestamp(prefix, read));
        ByteSlice value = changedValue(prefix);
        writes.seekForPrevious(prefix);
        return value;
    }

    private @Nullable ByteSlice changedValue(ByteSlice prefix) {
        WriteRecord record = MvccReader.firstChange(writes, prefix);
        return record == null ? null : MvccReader.value(snapshot, prefix, record);
    }

    private void leaveKey(ByteSlice prefix) {
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            if (!MvccReader.standsOn(writes, prefix)) {
                break;
            }
            step(writes);
        }
        if (MvccReader.standsOn(writes, prefix)) {
            if (reverse) {
                writes.seekForPrevious(prefix);
            } else {
                writes.seek(VersionKey.withTimestamp(prefix, Timestamp.ZERO).successor());
            }
        }
    }

    private void toFirst(Cursor cursor) {
        if (reverse) {
            cursor.seekToLast();
        } else {
            cursor.seekToFirst();
        }
    }

    private void step(Cursor cursor) {
        if (reverse) {
            cursor.previous();
        } else {
            cursor.next();
        }
    }
}
