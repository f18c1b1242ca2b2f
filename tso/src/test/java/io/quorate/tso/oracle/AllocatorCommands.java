package io.quorate.tso.oracle;

import io.quorate.tso.api.Timestamp;
import io.quorate.tso.oracle.TimestampAllocator.Allocation;

/// The words of the allocator's scripts:
///
/// - `wall MILLIS`, `wall +MILLIS`, `wall -MILLIS`: the wall clock jumps, nothing else passes
/// - `pass MILLIS`: time passes on both clocks
/// - `lead TERM LIMIT`, `follow TERM`, `limit TERM MILLIS`: what Raft says
/// - `get COUNT`: asks for timestamps
/// - `run MILLIS STEP`: passes and asks for one timestamp every STEP, raising the limit as wanted, and
///   prints the last answer
final class AllocatorCommands {
    private final TimestampAllocator allocator = new TimestampAllocator();
    private long nanos;
    private long wallMillis;

    String execute(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "wall" -> moveWall(words[1]);
            case "pass" -> pass(Long.parseLong(words[1]));
            case "lead" -> allocator.lead(number(words, 1), number(words, 2), now());
            case "follow" -> allocator.follow(number(words, 1));
            case "limit" -> allocator.limitRaised(number(words, 1), number(words, 2));
            case "get" -> {
                return describe(allocator.allocate((int) number(words, 1), now()));
            }
            case "run" -> {
                return run(number(words, 1), number(words, 2));
            }
            default -> throw new IllegalArgumentException("no such command: " + line);
        }
        return "";
    }

    private String run(long millis, long step) {
        String last = "";
        for (long passed = 0; passed < millis; passed += step) {
            pass(step);
            Allocation allocation = allocator.allocate(1, now());
            if (allocation instanceof Allocation.NeedsLimit(long term, long wanted)) {
                allocator.limitRaised(term, wanted);
                allocation = allocator.allocate(1, now());
            }
            if (allocation instanceof Allocation.Granted(long term, Timestamp first, long wanted)) {
                if (wanted > 0) {
                    allocator.limitRaised(term, wanted);
                }
                last = "granted " + text(first) + " wall " + wallMillis;
            } else {
                last = describe(allocation);
            }
        }
        return last;
    }

    private void moveWall(String to) {
        boolean relative = to.startsWith("+") || to.startsWith("-");
        wallMillis = relative ? wallMillis + Long.parseLong(to) : Long.parseLong(to);
    }

    private void pass(long millis) {
        nanos += millis * 1_000_000;
        wallMillis += millis;
    }

    private ClockReading now() {
        return new ClockReading(nanos, wallMillis);
    }

    private static long number(String[] words, int index) {
        return Long.parseLong(words[index]);
    }

    private static String describe(Allocation allocation) {
        return switch (allocation) {
            case Allocation.Granted(long term, Timestamp first, long wanted) ->
                    "granted "
                            + text(first)
                            + " in term "
                            + term
                            + (wanted > 0 ? ", wants limit " + wanted : "");
            case Allocation.NeedsLimit(long term, long wanted) ->
                    "needs limit " + wanted + " in term " + term;
            case Allocation.NotLeading() -> "not leading";
        };
    }

    private static String text(Timestamp timestamp) {
        long logical = timestamp.value() & ((1L << Timestamp.LOGICAL_BITS) - 1);
        return timestamp.millis() + "." + logical;
    }
}
