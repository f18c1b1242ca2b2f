package io.quorate.txn.lock;

import io.quorate.tso.api.Timestamp;

/// What nodes tell the node that hosts the deadlock detector.
sealed interface DetectorRequest {
    /// Answered by [DetectorReply.KeepWaiting], [DetectorReply.Deadlock] or [DetectorReply.NotHost].
    record Waits(Timestamp waiter, Timestamp holder, long ttlMillis) implements DetectorRequest {}

    /// Answered by [DetectorReply.KeepWaiting] or [DetectorReply.NotHost].
    record WaitsNoMore(Timestamp waiter) implements DetectorRequest {}
}
