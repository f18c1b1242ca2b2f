package io.quorate.txn.api;

/// Asked now and then by a transaction that waits for others: throws the error to give up with, where
/// the user has had enough.
public interface Interruption {
    Interruption NEVER = () -> {};

    void check();
}
