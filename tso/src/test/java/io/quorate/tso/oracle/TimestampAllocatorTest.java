package io.quorate.tso.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.check.InvariantBroken;
import io.quorate.tso.TextScript;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.oracle.TimestampAllocator.Allocation;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampAllocatorTest {
    @ParameterizedTest
    @ValueSource(strings = {"window", "leader-change", "clock-jumps", "logical"})
    void behavesAsWritten(String script) throws IOException {
        TextScript.run(
                "io/quorate/tso/oracle/" + script + ".txt", new AllocatorCommands()::execute);
    }

    @Test
    void refusesToLeadTwiceInOneTerm() {
        TimestampAllocator allocator = new TimestampAllocator();
        allocator.lead(3, 0, new ClockReading(0, 1_000));
        assertThatThrownBy(() -> allocator.lead(3, 2_500, new ClockReading(0, 1_000)))
                .isInstanceOf(InvariantBroken.class);
    }

    /// Many leaders after each other, each with a wall clock of its own, up to an hour off, and windows
    /// lost half-way: values grow strictly all the same, and time runs neither away nor dry.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void growsStrictlyOverAThousandLeaders(long seed) {
        Random random = new Random(seed);
        long replicatedLimit = 0;
        long last = 0;
        long realMillis = 1_000_000_000_000L;
        for (int term = 1; term <= 1_000; term++) {
            TimestampAllocator allocator = new TimestampAllocator();
            long wallOffset = random.nextInt(-3_600_000, 3_600_000);
            long start = realMillis;
            allocator.lead(term, replicatedLimit, reading(realMillis, start, wallOffset));
            for (int i = 0; i < 20; i++) {
                realMillis += random.nextInt(400);
                if (random.nextInt(10) == 0) {
                    wallOffset = random.nextInt(-3_600_000, 3_600_000);
                }
                int count = 1 + random.nextInt(100_000);
                ClockReading now = reading(realMillis, start, wallOffset);
                Allocation allocation = allocator.allocate(count, now);
                if (allocation instanceof Allocation.NeedsLimit needs) {
                    replicatedLimit = Math.max(replicatedLimit, needs.wantedLimitMillis());
                    if (random.nextInt(4) > 0) {
                        allocator.limitRaised(term, replicatedLimit);
                    }
                } else if (allocation instanceof Allocation.Granted granted) {
                    long first = granted.first().value();
                    assertThat(first).isGreaterThan(last).isEven();
                    last = first + 2L * (count - 1);
                    assertThat(new Timestamp(last).millis()).isLessThanOrEqualTo(replicatedLimit);
                }
            }
        }
        assertThat(last).isPositive();
    }

    private static ClockReading reading(long realMillis, long startMillis, long wallOffset) {
        return new ClockReading((realMillis - startMillis) * 1_000_000, realMillis + wallOffset);
    }
}
