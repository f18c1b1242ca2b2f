package io.quorate.tso.oracle;

import io.quorate.common.check.Check;
import io.quorate.tso.api.Timestamp;

/// Decides which timestamps the leader of the oracle may hand out. It knows no threads, network or
/// disk: its owner feeds it clock readings and what Raft said, one call at a time.
///
/// Two clocks and one promise. Physical time runs at the rate of the monotonic clock and leans
/// towards the wall clock; the *limit* is a moment, replicated by Raft, up to which this leader may
/// go. A successor starts after the limit, so no two leaders ever hand out the same moment, whatever
/// their clocks say. That is all that uniqueness rests on.
///
/// Invariants:
/// - a timestamp is handed out only in a term in which this replica leads and has applied everything
///   before it;
/// - its milliseconds never exceed the replicated limit of that term;
/// - values grow strictly and are even.
///
/// How physical time follows the wall clock, so that lock and lease lives mean something whatever one
/// machine's clock does:
/// - the wall is at most [#JUMP_MILLIS_MAX] ahead: taken at once, except by a new leader, whose wall
///   clock nobody has seen yet;
/// - farther ahead, or a new leader: time runs at one and a half times its rate until they meet. A
///   lock that is renewed every half of its life survives that;
/// - the wall is behind: time goes on at nine tenths of its rate, and never stands still.
public final class TimestampAllocator {
    /// How far ahead of physical time the limit is set.
    public static final long WINDOW_MILLIS = 1_500;

    /// How much of the window is left when the next one is asked for.
    public static final long EXTEND_MILLIS = 500;

    /// The most that physical time follows the wall clock in one step.
    public static final long JUMP_MILLIS_MAX = 10_000;

    private static final long LOGICAL_END = 1L << Timestamp.LOGICAL_BITS;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NOT_LEADING = -1;
    private static final long NOT_WANTED = 0;

    private long highestTerm;
    private long ledTerm;
    private long term = NOT_LEADING;
    private long limitMillis;

    /// Physical time in nanoseconds since 1970, so that slewing adds up over many short steps.
    private long physicalNanos;

    /// The millisecond that timestamps are being taken from, and the next logical part in it.
    private long currentMillis;

    private long logical;

    /// The monotonic clock at the last advance.
    private long lastNanos;

    /// True until this leader's time met its wall clock.
    private boolean meeting;

    /// This replica leads in `newTerm`; `replicatedLimitMillis` is the limit that all earlier terms left
    /// behind. It hands out nothing until it has a limit of its own.
    public void lead(long newTerm, long replicatedLimitMillis, ClockReading now) {
        // A candidate is told to follow in the term that it then wins.
        Check.that(newTerm >= highestTerm, "terms grow, but %s follows %s", newTerm, highestTerm);
        Check.that(
                newTerm > ledTerm, "a term is led once, but %s comes after %s", newTerm, ledTerm);
        highestTerm = newTerm;
        ledTerm = newTerm;
        term = newTerm;
        limitMillis = replicatedLimitMillis;
        // The first leader of a new cluster takes its wall clock as it is: there is no lock or
        // lease
        // whose life a wrong clock could cut short.
        meeting = replicatedLimitMillis > 0;
        currentMillis = meeting ? replicatedLimitMillis + 1 : Math.max(1, now.wallMillis());
        logical = 0;
        physicalNanos = currentMillis * NANOS_PER_MILLI;
        lastNanos = now.nanos();
    }

    /// This replica does not lead any more. Nothing is handed out until it leads again.
    public void follow(long newTerm) {
        Check.that(newTerm >= highestTerm, "terms grow, but %s follows %s", newTerm, highestTerm);
        highestTerm = newTerm;
        term = NOT_LEADING;
    }

    /// The limit of `raisedTerm` was replicated. An answer from an earlier term is too late to mean
    /// anything.
    public void limitRaised(long raisedTerm, long newLimitMillis) {
        if (raisedTerm == term) {
            Check.that(
                    newLimitMillis >= limitMillis,
                    "the limit never falls, but %s follows %s",
                    newLimitMillis,
                    limitMillis);
            limitMillis = newLimitMillis;
        }
    }

    /// Tries to hand out `count` consecutive even values.
    public Allocation allocate(int count, ClockReading now) {
        Check.that(count > 0 && count <= LOGICAL_END / 2, "a batch fits in a millisecond");
        if (term == NOT_LEADING) {
            return new Allocation.NotLeading();
        }
        advance(now);
        if (LOGICAL_END - logical < 2L * count) {
            moveTo(currentMillis + 1);
        }
        if (currentMillis > limitMillis) {
            return new Allocation.NeedsLimit(term, currentMillis + WINDOW_MILLIS);
        }
        Timestamp first = Timestamp.of(currentMillis, logical);
        logical += 2L * count;
        boolean extend = limitMillis - currentMillis <= EXTEND_MILLIS;
        return new Allocation.Granted(
                term, first, extend ? currentMillis + WINDOW_MILLIS : NOT_WANTED);
    }

    private void advance(ClockReading now) {
        long elapsedNanos = now.nanos() - lastNanos;
        Check.that(elapsedNanos >= 0, "the monotonic clock never goes back");
        lastNanos = now.nanos();
        physicalNanos += elapsedNanos;
        long aheadNanos = now.wallMillis() * NANOS_PER_MILLI - physicalNanos;
        if (aheadNanos <= 0) {
            meeting = false;
            physicalNanos -= Math.min(-aheadNanos, elapsedNanos / 10);
        } else if (meeting || aheadNanos > JUMP_MILLIS_MAX * NANOS_PER_MILLI) {
            physicalNanos += Math.min(aheadNanos, elapsedNanos / 2);
        } else {
            physicalNanos += aheadNanos;
        }
        moveTo(physicalNanos / NANOS_PER_MILLI);
    }

    private void moveTo(long millis) {
        if (millis > currentMillis) {
            currentMillis = millis;
            logical = 0;
            physicalNanos = Math.max(physicalNanos, millis * NANOS_PER_MILLI);
        }
    }

    /// What came of trying to hand out timestamps.
    public sealed interface Allocation {
        /// `first`, and those after it in steps of two. The limit should be `wantedLimitMillis` soon,
        /// or may stay where that is 0.
        record Granted(long term, Timestamp first, long wantedLimitMillis) implements Allocation {}

        /// Nothing may be handed out before the limit is `wantedLimitMillis`.
        record NeedsLimit(long term, long wantedLimitMillis) implements Allocation {}

        record NotLeading() implements Allocation {}
    }
}
