package io.quorate.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which faults, for how long, how dense.
///
/// @param kinds what may happen, each equally often
/// @param length faults begin during this time
/// @param gapMax the longest time between the beginnings of two
/// @param lastsMax the longest that one lasts
public record FaultPlan(
        List<FaultKind> kinds, Duration length, Duration gapMax, Duration lastsMax) {
    public FaultPlan {
        kinds = List.copyOf(kinds);
    }

    /// No trouble at all for that long.
    public static FaultPlan quiet(Duration length) {
        return new FaultPlan(List.of(), length, length, length);
    }

    /// Some of the kinds, chosen by chance, at a density chosen by chance: runs that leave some kinds
    /// out find what a mixture of all of them hides.
    public static FaultPlan drawn(SimRandom random, Duration length) {
        List<FaultKind> kinds = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            if (random.chance(0.4)) {
                kinds.add(kind);
            }
        }
        return new FaultPlan(
                kinds,
                length,
                Duration.ofMillis(random.between(100, 5_000)),
                Duration.ofMillis(random.between(100, 8_000)));
    }
}
