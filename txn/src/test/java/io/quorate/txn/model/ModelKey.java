package io.quorate.txn.model;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.LockKind;
import io.quorate.tso.api.Timestamp;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one key bears: at most one lock, versions by commit timestamp, and rollback records.
final class ModelKey {
    @Nullable Lock lock;
    final NavigableMap<Timestamp, Version> versions = new TreeMap<>();
    final NavigableMap<Timestamp, Boolean> rollbacks = new TreeMap<>();

    record Lock(
            LockKind kind,
            Timestamp start,
            ByteSlice primary,
            long ttlMillis,
            Timestamp forUpdate,
            Timestamp minCommit,
            ByteSlice value) {
        LockInfo info(ByteSlice key) {
            return new LockInfo(key, kind, start, primary, ttlMillis, forUpdate, minCommit);
        }

        boolean isPessimistic() {
            return kind == LockKind.PESSIMISTIC;
        }

        boolean expired(Timestamp now) {
            return now.millis() >= start.millis() + ttlMillis;
        }

        Lock pushed(Timestamp newMinCommit) {
            return new Lock(kind, start, primary, ttlMillis, forUpdate, newMinCommit, value);
        }

        Lock prolonged(long newTtlMillis) {
            return new Lock(kind, start, primary, newTtlMillis, forUpdate, minCommit, value);
        }
    }

    /// A committed change; LOCK changes nothing but counts as a newer version.
    record Version(LockKind kind, Timestamp start, ByteSlice value) {}

    @Nullable Lock ownLock(Timestamp start) {
        return lock != null && lock.start().equals(start) ? lock : null;
    }

    @Nullable Timestamp commitOf(Timestamp start) {
        for (Map.Entry<Timestamp, Version> version : versions.entrySet()) {
            if (version.getValue().start().equals(start)) {
                return version.getKey();
            }
        }
        return null;
    }

    boolean isRolledBack(Timestamp start) {
        return rollbacks.containsKey(start);
    }

    @Nullable ByteSlice valueAt(Timestamp read) {
        for (Version version : versions.headMap(read, true).descendingMap().values()) {
            if (version.kind() == LockKind.PUT) {
                return version.value();
            }
            if (version.kind() == LockKind.DELETE) {
                return null;
            }
        }
        return null;
    }

    @Nullable Timestamp newestCommit() {
        return versions.isEmpty() ? null : versions.lastKey();
    }

    void commit(Lock committed, Timestamp at) {
        versions.put(at, new Version(committed.kind(), committed.start(), committed.value()));
        lock = null;
    }

    void rollBack(Timestamp start, boolean protect) {
        if (ownLock(start) != null) {
            lock = null;
        }
        rollbacks.merge(start, protect, Boolean::logicalOr);
    }
}
