package io.quorate.raftstore.api;

import io.quorate.common.bytes.ByteSlice;
import org.jspecify.annotations.Nullable;

/// An entry that a majority has made durable. Empty data without members marks the first entry of a
/// leader's term.
///
/// @param members for a change of members, who belongs to the group from this entry on; null for all
///     others
public record CommittedEntry(long index, long term, ByteSlice data, @Nullable Membership members) {

    public CommittedEntry(long index, long term, ByteSlice data) {
        this(index, term, data, null);
    }
}
