package io.quorate.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.SimRandom;
import io.quorate.sim.check.RegisterAction.CompareAndSet;
import io.quorate.sim.check.RegisterAction.Read;
import io.quorate.sim.check.RegisterAction.Write;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {
    @Test
    void aReadMaySeeAWriteThatOverlapsIt() {
        assertLinearizable(true, List.of(write(1, 0, 10), read(0, 5, 6), read(1, 7, 8)));
    }

    @Test
    void aReadMayNotGoBack() {
        assertLinearizable(false, List.of(write(1, 0, 10), read(1, 5, 6), read(0, 7, 8)));
    }

    @Test
    void aReadSeesWhatEndedBeforeItBegan() {
        assertLinearizable(false, List.of(write(1, 0, 10), read(0, 11, 12)));
    }

    @Test
    void aWriteWithoutAnAnswerMayComeLateOrNever() {
        Operation<RegisterAction> lost = write(1, 0, Operation.NEVER);
        assertLinearizable(true, List.of(lost, read(0, 10, 20), read(1, 30, 40), read(1, 50, 60)));
        assertLinearizable(true, List.of(lost, read(0, 10, 20), read(0, 30, 40)));
        assertLinearizable(false, List.of(lost, read(1, 10, 20), read(0, 30, 40)));
    }

    @Test
    void ofTwoSwapsFromTheSameValueOneSucceeds() {
        assertLinearizable(true, List.of(swap(0, 1, true, 0, 10), swap(0, 2, false, 5, 15)));
        assertLinearizable(false, List.of(swap(0, 1, true, 0, 10), swap(0, 2, true, 5, 15)));
        assertLinearizable(
                true, List.of(swap(0, 1, true, 0, 10), swap(0, 2, null, 5, Operation.NEVER)));
    }

    @Test
    void agreesWithBruteForceOnSmallHistories() {
        SimRandom random = new SimRandom(1);
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            List<Operation<RegisterAction>> history = anyHistory(random);
            boolean expected =
                    RegisterBruteForce.linearizable(history, new boolean[history.size()], 0);
            assertThat(check(history) == null).as("%s", history).isEqualTo(expected);
            good += expected ? 1 : 0;
        }
        assertThat(good).isBetween(2_000, 18_000);
    }

    @Test
    void judgesLongHistoriesGoodAndSpoiled() {
        for (long seed = 0; seed < 200; seed++) {
            SimRandom random = new SimRandom(seed);
            List<Operation<RegisterAction>> history = goodHistory(random, 300, 6);
            assertThat(check(history)).isNull();
            List<Operation<RegisterAction>> spoiled = new ArrayList<>(history);
            int read = random.nextInt(history.size());
            while (!(history.get(read).action() instanceof Read)) {
                read = random.nextInt(history.size());
            }
            Operation<RegisterAction> original = history.get(read);
            spoiled.set(read, operation(new Read(999), original.calledAt(), original.returnedAt()));
            assertThat(check(spoiled)).contains("999");
        }
    }

    private static @Nullable String check(List<Operation<RegisterAction>> history) {
        return LinearizabilityChecker.check(RegisterAction.MODEL, history);
    }

    private static void assertLinearizable(
            boolean expected, List<Operation<RegisterAction>> history) {
        assertThat(check(history) == null).isEqualTo(expected);
    }

    private static List<Operation<RegisterAction>> anyHistory(SimRandom random) {
        List<Operation<RegisterAction>> history = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            long call = random.nextInt(20);
            long end = random.chance(0.15) ? Operation.NEVER : call + random.nextInt(12);
            RegisterAction action =
                    switch (random.nextInt(3)) {
                        case 0 -> new Write(random.nextInt(3));
                        case 1 -> new Read(random.nextInt(3));
                        default ->
                                new CompareAndSet(
                                        random.nextInt(3),
                                        random.nextInt(3),
                                        end == Operation.NEVER ? null : random.chance(0.5));
                    };
            boolean unansweredRead = end == Operation.NEVER && action instanceof Read;
            history.add(operation(action, call, unansweredRead ? call + 5 : end));
        }
        return history;
    }

    /// What clients of a real register see: each operation takes effect at a moment within.
    private static List<Operation<RegisterAction>> goodHistory(
            SimRandom random, int count, int clients) {
        List<Operation<RegisterAction>> history = new ArrayList<>();
        long value = 0;
        long[] freeAt = new long[clients];
        for (int i = 0; i < count; i++) {
            int client = random.nextInt(clients);
            long effect = i * 10L;
            long call = Math.max(freeAt[client], effect - random.nextInt(40));
            if (call > effect) {
                continue;
            }
            RegisterAction action;
            if (random.chance(0.5)) {
                action = new Read(value);
            } else {
                value = i;
                action = new Write(value);
            }
            boolean lost = action instanceof Write && random.chance(0.05);
            long end = effect + random.nextInt(40);
            freeAt[client] = end + 1;
            history.add(new Operation<>(client, action, call, lost ? Operation.NEVER : end));
        }
        return history;
    }

    private static Operation<RegisterAction> write(long value, long call, long end) {
        return operation(new Write(value), call, end);
    }

    private static Operation<RegisterAction> read(long value, long call, long end) {
        return operation(new Read(value), call, end);
    }

    private static Operation<RegisterAction> swap(
            long expected, long value, @Nullable Boolean succeeded, long call, long end) {
        return operation(new CompareAndSet(expected, value, succeeded), call, end);
    }

    private static Operation<RegisterAction> operation(RegisterAction action, long call, long end) {
        return new Operation<>(0, action, call, end);
    }
}
