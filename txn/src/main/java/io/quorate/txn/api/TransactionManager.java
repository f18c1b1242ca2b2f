package io.quorate.txn.api;

/// Begins transactions on this node.
public interface TransactionManager {
    /// @param interruption asked while a statement or the commit waits for others' locks
    Transaction begin(TransactionOptions options, Interruption interruption);

    /// Begins one that nobody interrupts.
    default Transaction begin(TransactionOptions options) {
        return begin(options, Interruption.NEVER);
    }

    /// What became of a transaction whose commit had an unknown outcome, by the token in the error's
    /// detail. Decides it if it is still open and its time ran out.
    Outcome outcome(String token);

    enum Outcome {
        COMMITTED,
        ABORTED,
        IN_PROGRESS
    }
}
