package io.quorate.region.mvcc;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.EngineSnapshot.Cursor;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.tso.api.Timestamp;
import org.jspecify.annotations.Nullable;

/// Reads single keys of a region from one snapshot. Its cursor is made at the first need and used for
/// all keys. Close it before the snapshot. Not safe for several threads.
public final class MvccReader implements AutoCloseable {
    private final EngineSnapshot snapshot;
    private final KeyRange range;
    private @Nullable Cursor writes;
    private @Nullable Newest lastNewest;

    /// @param range the keys that will be asked for
    public MvccReader(EngineSnapshot snapshot, KeyRange range) {
        this.snapshot = snapshot;
        this.range = range;
    }

    public @Nullable LockRecord lock(ByteSlice key) {
        ByteSlice bytes = snapshot.get(Family.LOCK, key);
        return bytes == null ? null : LockRecord.decode(bytes);
    }

    /// The lock whose transaction's fate the reader must learn before it can read the key.
    public @Nullable LockInfo blockingLock(ByteSlice key, ReadView view) {
        LockRecord lock = lock(key);
        return lock != null && view.isBlockedBy(lock) ? lock.info(key) : null;
    }

    /// The value visible at `read`, locks aside.
    public @Nullable ByteSlice valueAt(ByteSlice key, Timestamp read) {
        ByteSlice prefix = VersionKey.prefix(key);
        Cursor cursor = writes();
        cursor.seek(VersionKey.withTimestamp(prefix, read));
        WriteRecord record = firstChange(cursor, prefix);
        return record == null ? null : value(snapshot, prefix, record);
    }

    /// The newest value, locks aside.
    public @Nullable ByteSlice newestValue(ByteSlice key) {
        Newest newest = newest(key);
        Version version = newest.version();
        if (version == null) {
            return null;
        }
        return switch (version.record().kind()) {
            case PUT, DELETE -> value(snapshot, newest.prefix(), version.record());
            case LOCK, ROLLBACK -> valueAt(key, Timestamp.MAX);
        };
    }

    /// The newest commit of the key, of a mere lock too.
    public @Nullable Version newestCommit(ByteSlice key) {
        Newest newest = newest(key);
        Version version = newest.version();
        if (version == null || !version.isRollback()) {
            return version;
        }
        Cursor cursor = writes();
        cursor.seek(newest.prefix());
        while (standsOn(cursor, newest.prefix())) {
            version = version(cursor);
            if (!version.isRollback()) {
                return version;
            }
            cursor.next();
        }
        return null;
    }

    /// What the transaction that started at `start` left on the key: its commit or its rollback.
    public @Nullable Version recordOf(ByteSlice key, Timestamp start) {
        Newest newest = newest(key);
        if (newest.version() == null || newest.version().at().isBefore(start)) {
            return null;
        }
        Cursor cursor = writes();
        cursor.seek(newest.prefix());
        while (standsOn(cursor, newest.prefix())) {
            Version version = version(cursor);
            if (version.at().isBefore(start)) {
                return null;
            }
            if (version.record().start().equals(start)) {
                Check.that(
                        version.isRollback() == version.at().equals(start),
                        "a rollback stands at the start timestamp, a commit after it");
                return version;
            }
            cursor.next();
        }
        return null;
    }

    /// The newest version of a key, which most questions about it can be answered from. The last one
    /// is kept: they come one after the other.
    private Newest newest(ByteSlice key) {
        Newest known = lastNewest;
        if (known == null || !known.key().equals(key)) {
            ByteSlice prefix = VersionKey.prefix(key);
            Cursor cursor = writes();
            cursor.seek(prefix);
            known = new Newest(key, prefix, standsOn(cursor, prefix) ? version(cursor) : null);
            lastNewest = known;
        }
        return known;
    }

    private record Newest(ByteSlice key, ByteSlice prefix, @Nullable Version version) {}

    @Override
    public void close() {
        if (writes != null) {
            writes.close();
        }
    }

    /// From where the cursor stands: the first record of the key that changed its value. The cursor
    /// is left there.
    static @Nullable WriteRecord firstChange(Cursor cursor, ByteSlice prefix) {
        while (standsOn(cursor, prefix)) {
            WriteRecord record = WriteRecord.decode(cursor.value());
            switch (record.kind()) {
                case PUT, DELETE -> {
                    return record;
                }
                case LOCK, ROLLBACK -> cursor.next();
            }
        }
        return null;
    }

    /// What a record makes of the key's value; null after a DELETE.
    static @Nullable ByteSlice value(
            EngineSnapshot snapshot, ByteSlice prefix, WriteRecord record) {
        return switch (record.kind()) {
            case PUT -> {
                if (record.shortValue() != null) {
                    yield record.shortValue();
                }
                ByteSlice at = VersionKey.withTimestamp(prefix, record.start());
                yield Check.present(
                        snapshot.get(Family.DEFAULT, at), "a PUT has its value here or in DEFAULT");
            }
            case DELETE, LOCK, ROLLBACK -> null;
        };
    }

    static boolean standsOn(Cursor cursor, ByteSlice prefix) {
        return cursor.valid() && VersionKey.isOf(cursor.key(), prefix);
    }

    private static Version version(Cursor cursor) {
        return new Version(VersionKey.timestamp(cursor.key()), WriteRecord.decode(cursor.value()));
    }

    private Cursor writes() {
        if (writes == null) {
            ByteSlice end = range.end();
            writes =
                    snapshot.cursor(
                            Family.WRITE,
                            VersionKey.prefix(range.start()),
                            end == null ? null : VersionKey.prefix(end));
        }
        return writes;
    }
}
