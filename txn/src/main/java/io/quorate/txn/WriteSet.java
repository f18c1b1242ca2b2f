package io.quorate.txn;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.Mutation;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.buffer.MutationBuffer;
import io.quorate.txn.buffer.MutationBuffer.Write;
import io.quorate.txn.lock.LockTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a transaction has to prewrite: its writes, and the rows it locked without writing them, so that
/// those who did not wait for the lock find out at their own commit.
final class WriteSet {
    private WriteSet() {}

    /// In key order.
    ///
    /// @param noted keys that an optimistic transaction means to lock, with the timestamp they were
    ///     read at
    static List<Mutation> of(
            MutationBuffer buffer, LockTable locks, SortedMap<ByteSlice, Timestamp> noted) {
        SortedSet<ByteSlice> keys = new TreeSet<>(buffer.all().keySet());
        keys.addAll(locks.held().keySet());
        keys.addAll(noted.keySet());
        List<Mutation> mutations = new ArrayList<>(keys.size());
        for (ByteSlice key : keys) {
            mutations.add(mutation(key, buffer.get(key), locks.forUpdate(key), noted.get(key)));
        }
        return mutations;
    }

    private static Mutation mutation(
            ByteSlice key,
            @Nullable Write write,
            @Nullable Timestamp lockedAt,
            @Nullable Timestamp notedAt) {
        LockKind kind = LockKind.LOCK;
        ByteSlice value = ByteSlice.EMPTY;
        boolean mustNotExist = false;
        Timestamp floor = Timestamp.MAX;
        if (write != null) {
            kind = write.value() == null ? LockKind.DELETE : LockKind.PUT;
            value = write.value() == null ? ByteSlice.EMPTY : write.value();
            mustNotExist = write.mustNotExist();
            floor = write.floor();
        }
        if (notedAt != null && notedAt.isBefore(floor)) {
            floor = notedAt;
        }
        if (lockedAt != null) {
            // Nothing can have changed since, for the lock was there.
            floor = lockedAt;
        }
        return new Mutation(kind, key, value, mustNotExist, lockedAt != null, floor);
    }
}
