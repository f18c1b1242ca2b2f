package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.tso.api.Timestamp;

/// One key's part of a prewrite.
///
/// @param value empty for anything but PUT
/// @param mustNotExist refuse with AlreadyExists if a version is visible at the newest timestamp
/// @param pessimistic this transaction holds a pessimistic lock on the key, which must still be there
/// @param conflictFloor a version committed after this is a conflict: the read timestamp of the
///     statement that produced the mutation, or its row lock's for-update timestamp
public record Mutation(
        LockKind kind,
        ByteSlice key,
        ByteSlice value,
        boolean mustNotExist,
        boolean pessimistic,
        Timestamp conflictFloor) {}
