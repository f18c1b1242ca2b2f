package io.quorate.region.testing;

import io.quorate.region.api.StorageEngine.Family;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/// What a [MemoryEngine] leaves behind when its node crashes: everything up to its last flush, of all
/// families at one moment. It outlives the incarnations of a node; each opens an engine of its own on
/// it, and only the newest of them can still flush.
public final class MemoryStorage {
    private final ReentrantLock lock = new ReentrantLock();
    private Map<Family, PersistentMap> durable = new EnumMap<>(Family.class);
    private long incarnation;

    public MemoryStorage() {
        for (Family family : Family.values()) {
            durable.put(family, PersistentMap.EMPTY);
        }
    }

    /// The contents to start from, and the number to flush by.
    long open(Map<Family, PersistentMap> target) {
        lock.lock();
        try {
            target.putAll(durable);
            return ++incarnation;
        } finally {
            lock.unlock();
        }
    }

    void flush(long byIncarnation, Map<Family, PersistentMap> contents) {
        lock.lock();
        try {
            if (byIncarnation == incarnation) {
                durable = new EnumMap<>(contents);
            }
        } finally {
            lock.unlock();
        }
    }

    PersistentMap durable(Family family) {
        lock.lock();
        try {
            return Objects.requireNonNull(durable.get(family));
        } finally {
            lock.unlock();
        }
    }
}
