package io.quorate.sql.api;

import io.quorate.common.bytes.ByteSlice;
import org.jspecify.annotations.Nullable;

/// The sending end of COPY TO STDOUT.
public interface CopyOutSource {
    int columnCount();

    boolean binary();

    /// The next piece, one row or header each; null after the last.
    @Nullable ByteSlice next();

    /// The command tag, once `next` gave null.
    String tag();
}
