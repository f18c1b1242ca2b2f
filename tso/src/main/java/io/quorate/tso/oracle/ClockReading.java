package io.quorate.tso.oracle;

import io.quorate.common.env.Clock;

/// Both clocks of a node at one moment.
public record ClockReading(long nanos, long wallMillis) {
    public static ClockReading of(Clock clock) {
        return new ClockReading(clock.nanos(), clock.wallMillis());
    }
}
