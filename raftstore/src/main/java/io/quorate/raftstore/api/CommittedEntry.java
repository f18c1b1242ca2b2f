package io.quorate.raftstore.api;

import io.quorate.common.bytes.ByteSlice;

/// An entry that a majority has made durable. Empty data marks the first entry of a leader's term.
public record CommittedEntry(long index, long term, ByteSlice data) {}
