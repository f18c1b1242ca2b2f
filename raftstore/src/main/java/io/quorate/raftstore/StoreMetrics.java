package io.quorate.raftstore;

import io.quorate.common.metrics.Metrics;
import java.util.concurrent.atomic.LongAdder;

/// The counters of a store's loops.
record StoreMetrics(LongAdder proposals, LongAdder leaderChanges) {
    static StoreMetrics of(Metrics metrics) {
        return new StoreMetrics(
                metrics.counter("quorate_raftstore_proposals_total"),
                metrics.counter("quorate_raftstore_leader_changes_total"));
    }
}
