package io.quorate.txn.api;

/// When a transaction meets its rivals.
public enum LockMode {
    /// At the statement that writes: it locks the rows and waits.
    PESSIMISTIC,
    /// At commit: conflicts are found then.
    OPTIMISTIC
}
