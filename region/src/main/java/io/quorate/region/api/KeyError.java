package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.tso.api.Timestamp;

/// What stood in the way of a key.
public sealed interface KeyError {
    /// Another transaction's lock.
    record Locked(LockInfo lock) implements KeyError {}

    /// A version committed at `conflictCommit`, after the floor that the mutation allows.
    record WriteConflict(ByteSlice key, Timestamp conflictStart, Timestamp conflictCommit)
            implements KeyError {}

    /// A key that must not exist does.
    record AlreadyExists(ByteSlice key) implements KeyError {}

    /// Prewrite expected a pessimistic lock of this transaction and found none.
    record PessimisticLockNotFound(ByteSlice key) implements KeyError {}

    /// This transaction was rolled back, by a resolver or by itself.
    record RolledBack(ByteSlice key) implements KeyError {}

    /// This transaction is committed already.
    record Committed(Timestamp commit) implements KeyError {}

    /// A reader pushed the transaction: it may not commit before `minCommit`.
    record CommitTooEarly(ByteSlice key, Timestamp minCommit) implements KeyError {}

    /// A one-phase commit would lie after the schema lease.
    record CommitTooLate(Timestamp maxCommit) implements KeyError {}

    /// Commit or heartbeat found no lock of this transaction, and no commit of it either.
    record LockNotFound(ByteSlice key) implements KeyError {}

    /// The wait for a lock took longer than allowed; `lock` is what it waited for last.
    record WaitTimeout(LockInfo lock) implements KeyError {}
}
