package io.quorate.raftstore.raft.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.raftstore.raft.ConfState;
import io.quorate.raftstore.raft.RaftRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// No state within reach breaks a safety property. [RaftSearch] looks further.
class RaftSearchTest {
    private static final int STATES = Integer.getInteger("search.states", 1_000_000);

    @Test
    void everyStateWithinReachIsSafe() {
        List<World> worlds = Worlds.all();
        int visited = 0;
        for (World world : worlds) {
            // The first ones may leave their part to the later ones.
            int part = (STATES - visited) / (worlds.size() - worlds.indexOf(world)) + 1;
            Search.Result result = new Search(world).run(part);
            assertThat(result.broken()).as(world.name()).isNull();
            visited += result.states();
        }
        assertThat(visited).isGreaterThanOrEqualTo(STATES);
    }

    /// What came of the same world twice is the same, so that a violation can be seen again.
    @Test
    void searchRepeats() {
        List<Search.Result> results = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            results.add(new Search(Worlds.named("prevote")).run(2_000));
        }
        assertThat(results.get(0)).isEqualTo(results.get(1));
    }

    @Test
    void twoLeadersOfATermAreSeenThoughTheFirstIsGone() {
        View leader =
                new View(
                        RaftRole.LEADER,
                        1,
                        1,
                        0,
                        List.of(),
                        List.of(),
                        ConfState.ofVoters(List.of(1L, 2L, 3L)));
        Ghost ghost = Ghost.NEWBORN.after(1, leader);
        assertThatThrownBy(() -> ghost.after(2, leader)).hasMessageContaining("MoreThanOneLeader");
    }
}
