package io.quorate.txn;

import io.quorate.common.env.Clock;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;

/// How long a transaction has been running, by the oracle's time where that is known here, and by this
/// node's clock where the node has asked for no timestamp lately. Lock lives are counted from the
/// start timestamp by the oracle's time, so the larger of both is the safe one.
record TransactionAge(TimestampOracle oracle, Clock clock, Timestamp start, long startNanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    long millis() {
        long byOracle = oracle.lastSeen().millis() - start.millis();
        long byClock = (clock.nanos() - startNanos) / NANOS_PER_MILLI;
        return Math.max(0, Math.max(byOracle, byClock));
    }
}
