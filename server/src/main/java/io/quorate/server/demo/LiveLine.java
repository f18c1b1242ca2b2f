package io.quorate.server.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A line each second that says how the run goes.
final class LiveLine implements Runnable {
    private static final long SECOND_MILLIS = 1_000;
    private static final String FSYNCS = "quorate_raftstore_fsyncs_total";
    private static final String LEADER_CHANGES = "quorate_raftstore_leader_changes_total";

    private final PrintWriter out;
    private final List<NodeMetrics> nodes;
    private final Tally tally;
    private final Auditor auditor;
    private final RunClock clock;

    LiveLine(PrintWriter out, List<String> urls, Tally tally, Auditor auditor, RunClock clock) {
        this.out = out;
        this.nodes = urls.stream().map(NodeMetrics::new).toList();
        this.tally = tally;
        this.auditor = auditor;
        this.clock = clock;
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        long lastNanos = start;
        long lastTransfers = 0;
        long leaderChanges = 0;
        readGrowth();
        while (!clock.isOverWithin(SECOND_MILLIS)) {
            Growth growth = readGrowth();
            long now = System.nanoTime();
            double seconds = (now - lastNanos) / 1e9;
            long transfers = tally.transfers.sum();
            leaderChanges += growth.leaderChanges();
            out.printf(
                    "%4d s %7.0f transfers/s %6d retries %6d conflicts %4d unknown outcomes"
                            + " %4d leader changes %6.0f fsyncs/s   total %d%n",
                    TimeUnit.NANOSECONDS.toSeconds(now - start),
                    (transfers - lastTransfers) / seconds,
                    tally.retries.sum(),
                    tally.conflicts.sum(),
                    tally.unknownOutcomes.sum(),
                    leaderChanges,
                    growth.fsyncs() / seconds,
                    auditor.lastTotal());
            out.flush();
            lastNanos = now;
            lastTransfers = transfers;
        }
        nodes.forEach(NodeMetrics::close);
    }

    private Growth readGrowth() {
        long fsyncs = 0;
        long leaderChanges = 0;
        for (NodeMetrics node : nodes) {
            Map<String, Long> growth = node.growth();
            fsyncs += growth.getOrDefault(FSYNCS, 0L);
            leaderChanges += growth.getOrDefault(LEADER_CHANGES, 0L);
        }
        return new Growth(fsyncs, leaderChanges);
    }

    /// Of all nodes together, since the last line.
    private record Growth(long fsyncs, long leaderChanges) {}
}
