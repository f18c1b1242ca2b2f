package io.quorate.txn.lock;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The pessimistic locks of one transaction. Locks are only ever added: they stay until its end.
public final class LockTable {
    private final SortedMap<ByteSlice, Timestamp> held = new TreeMap<>();

    /// Keys whose locking was asked for without an answer.
    private final SortedSet<ByteSlice> perhaps = new TreeSet<>();

    private @Nullable ByteSlice primary;

    /// The key whose lock stands for the transaction: the first one that was locked. Null before.
    public @Nullable ByteSlice primary() {
        return primary;
    }

    public boolean isEmpty() {
        return held.isEmpty();
    }

    /// The for-update timestamp that the key was locked at; null if this transaction has no lock on
    /// it.
    public @Nullable Timestamp forUpdate(ByteSlice key) {
        return held.get(key);
    }

    /// The held keys and their for-update timestamps.
    public SortedMap<ByteSlice, Timestamp> held() {
        return held;
    }

    /// Every key that may bear a lock.
    public List<ByteSlice> all() {
        SortedSet<ByteSlice> keys = new TreeSet<>(held.keySet());
        keys.addAll(perhaps);
        return new ArrayList<>(keys);
    }

    void add(List<ByteSlice> keys, ByteSlice withPrimary, Timestamp forUpdate) {
        Check.that(
                primary == null || primary.equals(withPrimary),
                "the primary of a transaction never changes");
        primary = withPrimary;
        keys.forEach(key -> held.merge(key, forUpdate, Timestamp::max));
        Check.that(held.containsKey(withPrimary), "the primary is locked first");
    }

    void addPerhaps(List<ByteSlice> keys) {
        perhaps.addAll(keys);
    }
}
