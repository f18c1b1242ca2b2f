package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;

/// One entry of the replicated log. `(term, index)` names its content for ever.
///
/// @param term the term of the leader that created it, greater than zero
/// @param index its place in the log, greater than zero
public record Entry(long term, long index, EntryKind kind, ByteSlice data) {

    /// The size that limits on messages and batches count, in bytes: the payload and the header of
    /// a field-tagged encoding (three tagged variable-length numbers, and the payload's length).
    public long sizeBytes() {
        long header = 2L + 1 + varintBytes(term) + 1 + varintBytes(index);
        return data.isEmpty() ? header : header + 1 + varintBytes(data.length()) + data.length();
    }

    private static int varintBytes(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }
}
