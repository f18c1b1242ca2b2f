package io.quorate.server.demo;

import java.util.concurrent.atomic.LongAdder;

/// What the threads of a run count.
final class Tally {
    final LongAdder transfers = new LongAdder();

    /// Attempts begun again with a new id, for whatever reason.
    final LongAdder retries = new LongAdder();

    /// Attempts ended by another transaction: 40001 and 40P01.
    final LongAdder conflicts = new LongAdder();

    /// Connections that could not be had or broke.
    final LongAdder connectionFailures = new LongAdder();

    final LongAdder unknownOutcomes = new LongAdder();
    final LongAdder audits = new LongAdder();
    final LongAdder kills = new LongAdder();
}
