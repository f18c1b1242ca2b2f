package io.quorate.sql.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement with its parameters, running or about to.
public interface Portal extends AutoCloseable {
    List<ResultColumn> columns();

    boolean returnsRows();

    /// Runs it, or goes on where it was suspended, giving up to `rowsMax` rows to `sink` (0: all).
    Outcome execute(int rowsMax, RowSink sink);

    @Override
    void close();

    /// Takes rows; may block while the client reads slowly.
    interface RowSink {
        /// One value per column. The array is the sink's to keep.
        void row(@Nullable Object[] values);
    }

    /// How far it came.
    sealed interface Outcome {
        /// Done, with the tag that tells the client what was done ("INSERT 0 3").
        record Complete(String tag) implements Outcome {}

        /// `rowsMax` rows were given and there may be more.
        record Suspended() implements Outcome {}

        /// The statement was empty.
        record Empty() implements Outcome {}

        /// The client is to send data to the sink, then `finish` or `abort` it.
        record CopyIn(CopyInSink sink) implements Outcome {}

        /// The rows go out as COPY data: call `source` until it is empty, then use its tag.
        record CopyOut(CopyOutSource source) implements Outcome {}
    }
}
