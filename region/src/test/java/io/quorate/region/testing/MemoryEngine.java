package io.quorate.region.testing;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.StorageEngine;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An engine in memory. To crash it, forget it and open another one on the same [MemoryStorage].
/// Closing it does not flush.
public final class MemoryEngine implements StorageEngine {
    private final MemoryStorage storage;
    private final ReentrantLock lock = new ReentrantLock();
    private final long incarnation;

    /// Guarded by `lock`; the maps in it never change.
    private Map<Family, PersistentMap> contents = new EnumMap<>(Family.class);

    private boolean closed;

    public MemoryEngine(MemoryStorage storage) {
        this.storage = storage;
        incarnation = storage.open(contents);
    }

    @Override
    public void write(EngineBatch batch) {
        lock.lock();
        try {
            Check.that(!closed, "nobody writes to a closed engine");
            Map<Family, PersistentMap> changed = new EnumMap<>(contents);
            for (EngineBatch.Write write : batch.writes()) {
                PersistentMap before = Objects.requireNonNull(changed.get(write.family()));
                ByteSlice value = write.value();
                changed.put(
                        write.family(),
                        value == null
                                ? before.without(write.key())
                                : before.with(write.key(), value));
            }
            contents = changed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void deleteRange(Family family, ByteSlice lower, @Nullable ByteSlice upper) {
        EngineBatch batch = new EngineBatch();
        try (EngineSnapshot now = snapshot();
                EngineSnapshot.Cursor cursor = now.cursor(family, lower, upper)) {
            for (cursor.seekToFirst(); cursor.valid(); cursor.next()) {
                batch.delete(family, cursor.key());
            }
        }
        write(batch);
    }

    @Override
    public @Nullable ByteSlice get(Family family, ByteSlice key) {
        return Objects.requireNonNull(current().get(family)).get(key);
    }

    @Override
    public EngineSnapshot snapshot() {
        return new View(current());
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            storage.flush(incarnation, contents);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable ByteSlice persisted(Family family, ByteSlice key) {
        return storage.durable(family).get(key);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private Map<Family, PersistentMap> current() {
        lock.lock();
        try {
            return contents;
        } finally {
            lock.unlock();
        }
    }

    private record View(Map<Family, PersistentMap> contents) implements EngineSnapshot {
        @Override
        public @Nullable ByteSlice get(Family family, ByteSlice key) {
            return Objects.requireNonNull(contents.get(family)).get(key);
        }

        @Override
        public Cursor cursor(Family family, ByteSlice lower, @Nullable ByteSlice upper) {
            return new MapCursor(Objects.requireNonNull(contents.get(family)), lower, upper);
        }

        @Override
        public void close() {}
    }

    private static final class MapCursor implements EngineSnapshot.Cursor {
        private final PersistentMap map;
        private final ByteSlice lower;
        private final @Nullable ByteSlice upper;
        private PersistentMap.@Nullable Entry at;

        MapCursor(PersistentMap map, ByteSlice lower, @Nullable ByteSlice upper) {
            this.map = map;
            this.lower = lower;
            this.upper = upper;
        }

        @Override
        public boolean valid() {
            return at != null;
        }

        @Override
        public void seek(ByteSlice key) {
            stand(map.ceiling(key.compareTo(lower) < 0 ? lower : key, false));
        }

        @Override
        public void seekForPrevious(ByteSlice key) {
            if (upper != null && key.compareTo(upper) >= 0) {
                seekToLast();
            } else {
                stand(map.floor(key, false));
            }
        }

        @Override
        public void seekToFirst() {
            stand(map.ceiling(lower, false));
        }

        @Override
        public void seekToLast() {
            stand(upper == null ? map.last() : map.floor(upper, true));
        }

        @Override
        public void next() {
            stand(map.ceiling(key(), true));
        }

        @Override
        public void previous() {
            stand(map.floor(key(), true));
        }

        @Override
        public ByteSlice key() {
            return entry().key();
        }

        @Override
        public ByteSlice value() {
            return entry().value();
        }

        @Override
        public void close() {}

        private PersistentMap.Entry entry() {
            return Check.present(at, "a cursor is asked only where it stands");
        }

        private void stand(PersistentMap.@Nullable Entry entry) {
            boolean inside =
                    entry != null
                            && entry.key().compareTo(lower) >= 0
                            && (upper == null || entry.key().compareTo(upper) < 0);
            at = inside ? entry : null;
        }
    }
}
