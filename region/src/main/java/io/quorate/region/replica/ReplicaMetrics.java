package io.quorate.region.replica;

import io.quorate.common.metrics.Metrics;
import java.util.concurrent.atomic.LongAdder;

/// What the replicas of a store count together.
public record ReplicaMetrics(
        LongAdder reads,
        LongAdder commands,
        LongAdder onePhaseCommits,
        LongAdder lockWaits,
        LongAdder staleEntries,
        LongAdder splits) {
    public static ReplicaMetrics of(Metrics metrics) {
        return new ReplicaMetrics(
                metrics.counter("quorate_region_reads_total"),
                metrics.counter("quorate_region_commands_total"),
                metrics.counter("quorate_region_one_phase_commits_total"),
                metrics.counter("quorate_region_lock_waits_total"),
                metrics.counter("quorate_region_stale_entries_total"),
                metrics.counter("quorate_region_splits_total"));
    }
}
