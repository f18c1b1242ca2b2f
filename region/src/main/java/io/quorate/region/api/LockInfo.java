package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.tso.api.Timestamp;

/// A lock someone met: whose it is and where its fate is written.
///
/// @param primary the key whose lock or write record decides the transaction
/// @param ttlMillis counted from the start timestamp, judged with the oracle's time only
public record LockInfo(
        ByteSlice key,
        LockKind kind,
        Timestamp start,
        ByteSlice primary,
        long ttlMillis,
        Timestamp forUpdate,
        Timestamp minCommit) {}
