package io.quorate.txn.commit;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.QuorateException;

/// Why a transaction could not commit.
public sealed interface AbortReason {
    /// The key has a version that the statement which wrote it had not seen.
    record Conflict(ByteSlice key) implements AbortReason {}

    /// The key must not exist but does.
    record Exists(ByteSlice key) implements AbortReason {}

    /// Its locks' time had run out and somebody rolled it back.
    record RolledBack(String why) implements AbortReason {}

    /// Its commit timestamp would lie after the end of its schema lease.
    record SchemaChanged() implements AbortReason {}

    /// Waiting for a lock, or for an oracle, ended in this error.
    record Failed(QuorateException error) implements AbortReason {}

    /// A region did not answer in time.
    record Unreachable(String why) implements AbortReason {}
}
