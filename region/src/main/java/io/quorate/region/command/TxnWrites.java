package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.ShortValue;
import io.quorate.region.mvcc.VersionKey;
import io.quorate.region.mvcc.WriteRecord;
import io.quorate.tso.api.Timestamp;
import org.jspecify.annotations.Nullable;

/// The writes of one command, in terms of locks and versions.
final class TxnWrites {
    private final EngineBatch batch = new EngineBatch();

    WriteCommand.Outcome with(RegionReply.Answer reply) {
        return new WriteCommand.Outcome(batch, reply);
    }

    void putLock(ByteSlice key, LockRecord lock) {
        Check.that(
                lock.minCommit().isAfter(lock.start()), "a commit lies after its start timestamp");
        batch.put(Family.LOCK, key, lock.encode());
    }

    /// Removes a pessimistic lock, which leaves no trace.
    void dropPessimisticLock(ByteSlice key, LockRecord lock) {
        Check.that(lock.isPessimistic(), "only a pessimistic lock goes without a record");
        batch.delete(Family.LOCK, key);
    }

    /// Keeps a value beside the lock or the version that names it, if it is too long to stand inside;
    /// returns what stands inside.
    @Nullable ByteSlice placeValue(ByteSlice key, Timestamp start, LockKind kind, ByteSlice value) {
        if (kind != LockKind.PUT) {
            return null;
        }
        if (ShortValue.fits(value)) {
            return value;
        }
        batch.put(Family.DEFAULT, VersionKey.encode(key, start), value);
        return null;
    }

    /// Makes a version of a prewritten lock.
    void commit(ByteSlice key, LockRecord lock, Timestamp commit) {
        Check.that(
                !commit.isBefore(lock.minCommit()),
                "a commit at %s lies not before the lock's least one, %s",
                commit.value(),
                lock.minCommit().value());
        batch.delete(Family.LOCK, key);
        putVersion(key, commit, WriteRecord.committing(lock));
    }

    void putVersion(ByteSlice key, Timestamp commit, WriteRecord record) {
        Check.that(commit.isAfter(record.start()), "a commit lies after its start timestamp");
        batch.put(Family.WRITE, VersionKey.encode(key, commit), record.encode());
    }

    /// Ends the transaction on this key for ever.
    ///
    /// @param lock its lock, if it has one
    void rollback(ByteSlice key, Timestamp start, @Nullable LockRecord lock, boolean protect) {
        if (lock != null) {
            Check.that(lock.belongsTo(start), "a rollback removes its own transaction's lock");
            batch.delete(Family.LOCK, key);
            if (lock.kind() == LockKind.PUT && lock.shortValue() == null) {
                batch.delete(Family.DEFAULT, VersionKey.encode(key, start));
            }
        }
        batch.put(
                Family.WRITE,
                VersionKey.encode(key, start),
                WriteRecord.rollback(start, protect).encode());
    }
}
