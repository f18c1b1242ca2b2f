package io.quorate.region.api;

import io.quorate.common.bytes.ByteSlice;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/// Finds the region of a key anywhere in the cluster and talks to its leader.
public interface RegionClient {
    /// Sends a request to the region that holds `key`, following leaders and splits until it is
    /// answered. `request` makes the request for the header it is given, and may be called several
    /// times; it must name keys of one region, given by [#groupByRegion], or cope with KeyNotInRegion.
    SendResult send(
            ByteSlice key, long timeoutNanos, Function<RegionHeader, RegionRequest> request);

    /// The keys by the region that holds each, as far as known now, in key order. Borders may change
    /// before the requests arrive: those get [SendResult.Regroup].
    SortedMap<ByteSlice, List<ByteSlice>> groupByRegion(List<ByteSlice> keys);

    /// The regions that cover a range, in key order, as far as known now.
    List<RegionDescriptor> regionsOf(KeyRange range);

    /// What came of a request after all retries.
    sealed interface SendResult {
        record Answered(RegionReply.Answer answer) implements SendResult {}

        /// The borders changed and the request's keys no longer lie in one region: group again. It
        /// did not run.
        record Regroup() implements SendResult {}

        /// Nobody answered in time and the request certainly did not run.
        record Unavailable(String why) implements SendResult {}

        /// It was sent at least once without an answer: it may have run, or may yet run.
        record Unknown(String why) implements SendResult {}
    }
}
