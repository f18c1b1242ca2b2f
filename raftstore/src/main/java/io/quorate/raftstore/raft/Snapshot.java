package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;

/// A stand-in for the log up to and including `index`.
///
/// @param index the last entry it covers
/// @param term the term of that entry
/// @param confState the membership as of that entry
/// @param data what the state machine needs to find the content; opaque here
public record Snapshot(long index, long term, ConfState confState, ByteSlice data) {}
