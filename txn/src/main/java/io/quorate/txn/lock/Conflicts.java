package io.quorate.txn.lock;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;

/// The errors of a transaction that lost to another one.
public final class Conflicts {
    private Conflicts() {}

    /// A row has a version newer than the statement's snapshot. `rerun` where running the statement
    /// again on a new snapshot helps.
    public static QuorateException newerRow(ByteSlice key, boolean rerun) {
        return new QuorateException(
                        rerun ? ErrorCode.NEWER_ROW : ErrorCode.SERIALIZATION_FAILURE,
                        "a row was changed by another transaction since it was read")
                .withDetail("Key " + key + " has a newer version.")
                .withHint("Run the transaction again.");
    }

    /// The transaction was ended: its locks' time ran out, a region was out of reach, or it stood in a
    /// deadlock. `rerun` as above.
    public static QuorateException rolledBack(String why, boolean rerun) {
        return new QuorateException(
                        rerun ? ErrorCode.NEWER_ROW : ErrorCode.SERIALIZATION_FAILURE,
                        "the transaction was rolled back: " + why)
                .withHint("Run the transaction again.");
    }
}
