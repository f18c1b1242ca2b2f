package io.quorate.txn.api;

/// How a transaction is to run.
///
/// @param autocommit a single statement that may be run again from its beginning on a conflict
/// @param lockTimeoutMillis how long to wait for one lock; 0 without end
public record TransactionOptions(
        Isolation isolation,
        LockMode lockMode,
        boolean readOnly,
        boolean autocommit,
        long lockTimeoutMillis) {}
