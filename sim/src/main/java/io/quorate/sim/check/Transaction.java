package io.quorate.sim.check;

import java.util.List;

/// A transaction over lists of numbers, as its client saw it.
///
/// @param process who ran it; a process runs one at a time
/// @param outcome what the client learned
/// @param steps in the order they were done; reads that were never answered are left out
/// @param calledAt when it began
/// @param returnedAt when its client knew the outcome; [Operation#NEVER] if it is unknown
public record Transaction(
        int process, Outcome outcome, List<Step> steps, long calledAt, long returnedAt) {
    public Transaction {
        steps = List.copyOf(steps);
    }

    public enum Outcome {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    /// One thing done to one list. Each value is appended to a list at most once in a history, so
    /// that a value says who wrote it.
    public sealed interface Step {
        long key();
    }

    public record Append(long key, long value) implements Step {}

    public record Read(long key, List<Long> values) implements Step {
        public Read {
            values = List.copyOf(values);
        }
    }
}
