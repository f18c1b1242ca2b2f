package io.quorate.txn.lock;

import io.quorate.txn.api.Interruption;

/// How long a transaction waits for others' locks.
///
/// @param timeoutMillis for all waiting of one request together; 0 without end
public record Patience(long timeoutMillis, Interruption interruption) {}
