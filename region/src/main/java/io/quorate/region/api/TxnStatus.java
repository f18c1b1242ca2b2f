package io.quorate.region.api;

import io.quorate.tso.api.Timestamp;

/// The fate of a transaction as its primary key tells it.
public sealed interface TxnStatus {
    /// It goes on; its commit will lie at `minCommit` or later.
    record Live(LockInfo lock, Timestamp minCommit) implements TxnStatus {}

    record Committed(Timestamp commit) implements TxnStatus {}

    /// For ever, by a record.
    record RolledBack() implements TxnStatus {}

    /// The primary's pessimistic lock ran out while a pessimistic lock was being resolved: it is gone
    /// without a record, and nothing of the transaction was prewritten there.
    record PessimisticLockGone() implements TxnStatus {}

    /// There is no trace of it, and the question did not ask to make one.
    record Missing() implements TxnStatus {}
}
