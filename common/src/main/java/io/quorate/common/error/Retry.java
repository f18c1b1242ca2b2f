package io.quorate.common.error;

/// What a program should do that met an error.
public enum Retry {
    /// Nothing: the same request fails again.
    NEVER,
    /// The same statement may succeed.
    STATEMENT,
    /// The transaction was rolled back; run it again from its beginning.
    TRANSACTION,
    /// Whether the transaction committed is not known; ask before doing it again.
    ASK_FOR_OUTCOME
}
