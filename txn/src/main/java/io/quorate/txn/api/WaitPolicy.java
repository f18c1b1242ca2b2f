package io.quorate.txn.api;

/// What to do about a row that someone else holds.
public enum WaitPolicy {
    WAIT,
    /// Refuse with 55P03.
    NOWAIT,
    /// Leave the row out.
    SKIP_LOCKED
}
