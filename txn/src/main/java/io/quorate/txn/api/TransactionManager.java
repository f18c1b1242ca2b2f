package io.quorate.txn.api;

/// Begins transactions on this node.
public interface TransactionManager {
    Transaction begin(TransactionOptions options);

    /// What became of a transaction whose commit had an unknown outcome, by the token in the error's
    /// detail. Decides it if it is still open and its time ran out.
    Outcome outcome(String token);

    enum Outcome {
        COMMITTED,
        ABORTED,
        IN_PROGRESS
    }
}
