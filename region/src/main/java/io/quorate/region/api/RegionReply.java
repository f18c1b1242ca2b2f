package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a region answers.
public sealed interface RegionReply permits RegionError, RegionReply.Answer {

    /// An answer to the request itself. `error` is null when it was done.
    sealed interface Answer extends RegionReply {
        @Nullable KeyError error();
    }

    /// One per asked key, in order; null where there is no value.
    record Values(@Nullable KeyError error, List<@Nullable ByteSlice> values) implements Answer {}

    /// Rows in the order asked for. `resumeAt` is null when the asked range is done; otherwise the scan
    /// goes on there (for a reverse scan: below it), in this region or, if the range reaches beyond
    /// it, in the next one.
    record Rows(@Nullable KeyError error, List<KeyValue> rows, @Nullable ByteSlice resumeAt)
            implements Answer {}

    record KeyValue(ByteSlice key, ByteSlice value) {}

    /// `committedAt` is set after one-phase commits only.
    record Prewritten(
            @Nullable KeyError error, Timestamp minCommit, @Nullable Timestamp committedAt)
            implements Answer {}

    /// The newest committed values of the locked keys in order, if they were asked for.
    ///
    /// @param forUpdate what the locks were taken at; zero with an error
    record Locked(@Nullable KeyError error, List<@Nullable ByteSlice> values, Timestamp forUpdate)
            implements Answer {
        public static Locked refused(KeyError error) {
            return new Locked(error, List.of(), Timestamp.ZERO);
        }
    }

    record Done(@Nullable KeyError error) implements Answer {}

    record Status(@Nullable KeyError error, @Nullable TxnStatus status) implements Answer {}

    record Locks(@Nullable KeyError error, List<LockInfo> locks) implements Answer {}

    record Split(@Nullable KeyError error, List<RegionDescriptor> regions) implements Answer {}
}
