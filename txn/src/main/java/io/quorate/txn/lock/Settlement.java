package io.quorate.txn.lock;

/// What came of a lock that stood in the way.
public sealed interface Settlement {
    /// It is gone: try again.
    record Cleared() implements Settlement {}

    /// Its transaction goes on but will commit after the reader's snapshot: read past it.
    record PassOver() implements Settlement {}

    /// Its transaction goes on: wait.
    record Held() implements Settlement {}

    /// The primary's region does not answer: wait and try again.
    record Unreachable(String why) implements Settlement {}
}
