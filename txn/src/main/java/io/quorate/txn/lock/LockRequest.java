package io.quorate.txn.lock;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.QuorateException;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.WaitPolicy;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How keys are to be locked.
///
/// @param forUpdate a key with a newer version is refused, unless `newest`
/// @param newest locks whatever version is there, and nothing where there is none; for a single key
/// @param rerunHelps whether the statement may run again on a newer snapshot after that
/// @param ttlMillis the life of a lock taken now, counted from the start timestamp
/// @param duplicate the error for a key that exists; null where keys may exist
public record LockRequest(
        Timestamp start,
        Timestamp forUpdate,
        boolean newest,
        boolean rerunHelps,
        WaitPolicy waitPolicy,
        Patience patience,
        LongSupplier ttlMillis,
        @Nullable Function<ByteSlice, QuorateException> duplicate) {}
