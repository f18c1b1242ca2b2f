package io.quorate.raftstore.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Raft's promises under chance: election safety, log matching, leader completeness, state-machine
/// safety, durability of what is committed, and linearizable reads. `-Dsoup.seeds=N` runs more of
/// them, `-Dsoup.seed=S` repeats one.
class RaftSoupTest {
    private static final int STIRS = 4_000;
    private static final int CALM_ROUNDS_MAX = 600;
    private static final long SEEDS = Long.getLong("soup.seeds", 60);

    @ParameterizedTest(name = "{0} replicas, applying before durable {1}, changing members {2}")
    @CsvSource({
        "1, false, false",
        "3, false, false",
        "5, false, false",
        "3, true, false",
        "5, true, false",
        "5, false, true",
        "5, true, true",
        "3, false, true",
        "4, true, true"
    })
    void promisesHoldUnderLossRepetitionReorderingAndCrashes(
            int size, boolean applyBeforeDurable, boolean changesMembers) {
        Long one = Long.getLong("soup.seed");
        long[] seeds = one != null ? new long[] {one} : LongStream.range(0, SEEDS).toArray();
        for (long seed : seeds) {
            try {
                run(new Soup(seed, size, applyBeforeDurable, changesMembers));
            } catch (Throwable broken) {
                throw new AssertionError(
                        "seed " + seed + ": repeat with -Dsoup.seed=" + seed, broken);
            }
        }
    }

    @Test
    void theSoupGetsWorkDone() {
        int committed = 0;
        int elected = 0;
        int reads = 0;
        for (long seed = 0; seed < 20; seed++) {
            Soup soup = new Soup(seed, 3, false, false);
            for (int i = 0; i < STIRS; i++) {
                soup.stir();
            }
            committed += soup.checker.committedCount();
            elected += soup.checker.electedCount();
            reads += soup.checker.readsConfirmedCount();
        }
        assertThat(committed).as("committed entries").isGreaterThan(500);
        assertThat(elected).as("elections").isGreaterThan(50);
        assertThat(reads).as("confirmed reads").isGreaterThan(60);
    }

    @Test
    void membershipChangesOfAllKindsGetThrough() {
        int[] counts = new int[4];
        for (long seed = 0; seed < 40; seed++) {
            Soup soup = new Soup(seed, 5, seed % 2 == 0, true);
            for (int i = 0; i < STIRS; i++) {
                soup.stir();
            }
            int[] each = soup.checker.changeCounts();
            Arrays.setAll(counts, i -> counts[i] + each[i]);
        }
        assertThat(counts[0]).as("changes applied").isGreaterThan(60);
        assertThat(counts[1]).as("of these into joint configurations").isGreaterThan(25);
        assertThat(counts[2]).as("of these left automatically").isGreaterThan(10);
        assertThat(counts[3]).as("with learners").isGreaterThan(10);
    }

    static void run(Soup soup) {
        for (int i = 0; i < STIRS; i++) {
            soup.stir();
        }
        soup.calm(100);
        int before = soup.checker.committedCount();
        int rounds = 0;
        while (rounds < CALM_ROUNDS_MAX
                && !(soup.checker.committedCount() > before && soup.isLevel())) {
            if (rounds % 20 == 0) {
                soup.leader().ifPresent(node -> node.raft.propose(List.of(ByteSlice.utf8("last"))));
            }
            soup.calm(1);
            rounds++;
        }
        assertThat(soup.checker.committedCount())
                .as("commits go on: %s", soup)
                .isGreaterThan(before);
        assertThat(soup.isLevel()).as("all have applied all: %s", soup).isTrue();
    }
}
