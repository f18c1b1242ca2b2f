package io.quorate.server.demo;

import java.util.concurrent.TimeUnit;

/// Kills the nodes in turn, one at a time. The next is killed only after the last has caught up: two
/// at once would be more than three nodes can bear.
final class KillSchedule implements Runnable {
    private static final long DOWN_MILLIS = 1_500;
    private static final long CAUGHT_UP_WITHIN_SECONDS = 60;

    private final NodeProcesses nodes;
    private final int everySeconds;
    private final TransferLog log;
    private final Tally tally;
    private final RunClock clock;

    KillSchedule(
            NodeProcesses nodes, int everySeconds, TransferLog log, Tally tally, RunClock clock) {
        this.nodes = nodes;
        this.everySeconds = everySeconds;
        this.log = log;
        this.tally = tally;
        this.clock = clock;
    }

    @Override
    public void run() {
        int victim = 0;
        while (!clock.isOverWithin(TimeUnit.SECONDS.toMillis(everySeconds))) {
            killAndReturn(victim);
            victim = (victim + 1) % nodes.urls().size();
        }
    }

    /// The node is back when SQL at its own port shows a transfer that was acknowledged after its
    /// restart.
    private void killAndReturn(int victim) {
        nodes.kill(victim);
        tally.kills.increment();
        clock.isOverWithin(DOWN_MILLIS);
        nodes.restart(victim);
        nodes.awaitReady(victim);
        long newest = log.lastAcknowledged();
        if (newest >= 0) {
            JdbcUrls.awaitRow(
                    nodes.urls().get(victim), Bank.ledgerRow(newest), CAUGHT_UP_WITHIN_SECONDS);
        }
    }
}
