package io.quorate.txn.api;

/// How much a transaction sees of others.
public enum Isolation {
    /// Each statement has its own snapshot.
    READ_COMMITTED,
    /// One snapshot for all statements; a write to a row changed since is refused with 40001.
    REPEATABLE_READ
}
