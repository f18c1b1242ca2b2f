package io.quorate.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.SimRandom;
import io.quorate.sim.check.Anomaly.Kind;
import io.quorate.sim.check.Transaction.Append;
import io.quorate.sim.check.Transaction.Outcome;
import io.quorate.sim.check.Transaction.Read;
import io.quorate.sim.check.Transaction.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListAppendCheckerTest {
    private static final long X = 1;
    private static final long Y = 2;

    @Test
    void aSerialHistoryIsGood() {
        assertFinds(
                committed(0, 1, append(X, 1)),
                committed(2, 3, read(X, 1), append(X, 2), read(X, 1, 2)),
                committed(4, 5, read(X, 1, 2)));
    }

    @Test
    void g1aIsFound() {
        assertFinds(List.of(Kind.G1A), aborted(0, 1, append(X, 1)), committed(2, 3, read(X, 1)));
    }

    @Test
    void g1bIsFound() {
        assertThat(
                        kinds(
                                committed(0, 9, append(X, 1), append(X, 2)),
                                committed(0, 9, read(X, 1)),
                                committed(0, 9, read(X, 1, 2))))
                .contains(Kind.G1B);
    }

    @Test
    void g0IsFound() {
        assertThat(
                        kinds(
                                committed(0, 9, append(X, 1), append(Y, 1)),
                                committed(0, 9, append(X, 2), append(Y, 2)),
                                committed(10, 11, read(X, 1, 2), read(Y, 2, 1))))
                .contains(Kind.G0);
    }

    @Test
    void g1cIsFound() {
        assertFinds(
                List.of(Kind.G1C),
                committed(0, 9, append(X, 1), read(Y, 1)),
                committed(0, 9, append(Y, 1), read(X, 1)));
    }

    @Test
    void aLostUpdateIsFound() {
        assertFinds(
                List.of(Kind.LOST_UPDATE, Kind.G_SINGLE),
                committed(0, 1, append(X, 1)),
                committed(2, 9, read(X, 1), append(X, 2)),
                committed(2, 9, read(X, 1), append(X, 3)),
                committed(10, 11, read(X, 1, 2, 3)));
    }

    @Test
    void aReadSkewIsFound() {
        assertFinds(
                List.of(Kind.G_SINGLE),
                committed(0, 9, append(X, 1), append(Y, 1)),
                committed(0, 9, read(X), read(Y, 1)),
                committed(10, 11, read(X, 1)));
    }

    @Test
    void aWriteSkewIsFound() {
        assertFinds(
                List.of(Kind.G2_ITEM),
                committed(0, 9, read(X), append(Y, 1)),
                committed(0, 9, read(Y), append(X, 1)),
                committed(10, 11, read(X, 1), read(Y, 1)));
    }

    @Test
    void aStaleReadIsFoundOnlyWithRealTime() {
        List<Transaction> history =
                List.of(
                        committed(0, 1, append(X, 1)),
                        committed(2, 3, read(X)),
                        committed(4, 5, read(X, 1)));
        assertThat(ListAppendChecker.checkSerializable(history)).isEmpty();
        assertThat(ListAppendChecker.checkStrictSerializable(history))
                .singleElement()
                .matches(anomaly -> anomaly.kind() == Kind.G_SINGLE && anomaly.realTime());
    }

    @Test
    void anAppendThatWasNeverSeenIsStillAfterWhatWas() {
        assertFinds(
                List.of(Kind.G_SINGLE), committed(0, 1, append(X, 1)), committed(2, 3, read(X)));
    }

    @Test
    void unknownOutcomesMayHaveHappenedOrNot() {
        Transaction unknown =
                new Transaction(0, Outcome.UNKNOWN, List.of(append(X, 1)), 0, Operation.NEVER);
        assertFinds(unknown, committed(2, 3, read(X, 1)));
        assertFinds(unknown, committed(2, 3, read(X)), committed(4, 5, read(X, 1)));
        assertFinds(
                List.of(Kind.G_SINGLE),
                unknown,
                committed(2, 3, read(X, 1)),
                committed(4, 5, read(X)));
    }

    @Test
    void contradictoryReadsAreFound() {
        assertThat(
                        kinds(
                                committed(0, 9, append(X, 1)),
                                committed(0, 9, append(X, 2)),
                                committed(0, 9, read(X, 1)),
                                committed(0, 9, read(X, 2, 1))))
                .contains(Kind.INCOMPATIBLE_ORDER);
        assertFinds(List.of(Kind.UNKNOWN_VALUE), committed(0, 9, read(X, 7)));
        assertThat(kinds(committed(0, 9, append(X, 1)), committed(0, 9, read(X, 1, 1))))
                .contains(Kind.DUPLICATE);
        assertThat(kinds(committed(0, 9, append(X, 1), read(X)))).contains(Kind.INTERNAL);
    }

    @Test
    void agreesWithBruteForceWhenEverythingIsReadInTheEnd() {
        SimRandom random = new SimRandom(2);
        int good = 0;
        for (int i = 0; i < 10_000; i++) {
            List<Transaction> history = ListHistories.small(random);
            boolean strict = ListHistories.explained(history, true);
            boolean serializable = ListHistories.explained(history, false);
            assertThat(ListAppendChecker.checkStrictSerializable(history).isEmpty())
                    .as("strict serializable %s", history)
                    .isEqualTo(strict);
            assertThat(ListAppendChecker.checkSerializable(history).isEmpty())
                    .as("serializable %s", history)
                    .isEqualTo(serializable);
            good += strict ? 1 : 0;
        }
        assertThat(good).isBetween(1_000, 9_000);
    }

    @Test
    void judgesLongHistoriesGoodAndSpoiled() {
        for (long seed = 0; seed < 40; seed++) {
            List<Transaction> history = ListHistories.good(new SimRandom(seed), 400, 8);
            assertThat(ListAppendChecker.checkStrictSerializable(history)).isEmpty();
            List<Transaction> spoiled = ListHistories.withAStaleRead(history);
            assertThat(ListAppendChecker.checkStrictSerializable(spoiled)).isNotEmpty();
        }
    }

    private static void assertFinds(Transaction... history) {
        assertFinds(List.of(), history);
    }

    private static void assertFinds(List<Kind> expected, Transaction... history) {
        assertThat(kinds(history)).containsExactlyElementsOf(expected);
    }

    private static List<Kind> kinds(Transaction... history) {
        List<Kind> kinds = new ArrayList<>();
        for (Anomaly anomaly : ListAppendChecker.checkStrictSerializable(List.of(history))) {
            kinds.add(anomaly.kind());
        }
        return kinds;
    }

    private static Transaction committed(long call, long end, Step... steps) {
        return new Transaction(0, Outcome.COMMITTED, List.of(steps), call, end);
    }

    private static Transaction aborted(long call, long end, Step... steps) {
        return new Transaction(0, Outcome.ABORTED, List.of(steps), call, end);
    }

    private static Append append(long key, long value) {
        return new Append(key, value);
    }

    private static Read read(long key, long... values) {
        List<Long> list = new ArrayList<>();
        for (long value : values) {
            list.add(value);
        }
        return new Read(key, list);
    }
}
