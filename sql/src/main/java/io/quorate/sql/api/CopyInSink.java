package io.quorate.sql.api;

import io.quorate.common.bytes.ByteSlice;

/// The receiving end of COPY FROM STDIN.
public interface CopyInSink {
    int columnCount();

    boolean binary();

    /// Takes a piece of the data, cut anywhere.
    void data(ByteSlice piece);

    /// All data came; returns the command tag.
    String finish();

    /// The client gave up; throws QUERY_CANCELED with its reason.
    void abort(String reason);
}
