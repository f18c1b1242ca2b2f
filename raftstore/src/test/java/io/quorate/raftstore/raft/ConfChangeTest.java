package io.quorate.raftstore.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.raftstore.raft.ConfChange.Change;
import io.quorate.raftstore.raft.ConfChange.ChangeKind;
import io.quorate.raftstore.raft.ConfChange.Transition;
import io.quorate.raftstore.raft.progress.Members;
import io.quorate.raftstore.raft.quorum.Majority;
import io.quorate.raftstore.raft.quorum.VoteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfChangeTest {

    @Test
    void encodingComesBack() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 1_000; round++) {
            ConfChange change = randomChange(random, ByteSlice.utf8("x".repeat(round % 4)));
            assertThat(ConfChange.decode(change.encode())).isEqualTo(change);
        }
        assertThat(ConfChange.LEAVE_JOINT.encode()).isEqualTo(ByteSlice.EMPTY);
    }

    @Test
    void damagedEncodingIsRefused() {
        ByteSlice good = ConfChange.of(ChangeKind.ADD_VOTER, 7).encode();
        for (int length = 1; length < good.length(); length++) {
            ByteSlice cut = good.slice(0, length);
            assertThatThrownBy(() -> ConfChange.decode(cut))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        ByteSlice otherVersion = ByteSlice.of(9).concat(good.slice(1));
        assertThatThrownBy(() -> ConfChange.decode(otherVersion))
                .hasMessageContaining("unknown version");
    }

    /// The heart of membership changes: no majority of one configuration can miss every majority of
    /// the next, so that no two leaders are elected side by side.
    @Test
    void majoritiesBeforeAndAfterAChangeOverlap() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 300; round++) {
            Members before = ConfChanger.restore(ConfState.ofVoters(List.of(1L, 2L, 3L)));
            for (int step = 0; step < 6; step++) {
                Members after = next(before, random);
                assertOverlap(before, after);
                before = after;
            }
        }
    }

    @Test
    void persistedMembershipComesBack() {
        ConfState state =
                new ConfState(List.of(1L, 2L), List.of(1L, 3L), List.of(4L), List.of(3L), true);
        assertThat(ConfChanger.describe(ConfChanger.restore(state))).isEqualTo(state);
    }

    private static Members next(Members before, SplittableRandom random) {
        ConfChange change =
                before.quorum().isJoint()
                        ? ConfChange.LEAVE_JOINT
                        : randomChange(random, ByteSlice.EMPTY);
        try {
            return ConfChanger.change(before, change).members();
        } catch (IllegalArgumentException unfit) {
            assertThat(before.quorum().isJoint()).as("leaving is always possible").isFalse();
            return before;
        }
    }

    private static void assertOverlap(Members before, Members after) {
        for (int left = 0; left < 1 << 6; left++) {
            for (int right = 0; right < 1 << 6; right++) {
                if ((left & right) == 0) {
                    assertThat(wins(before, left) && wins(after, right))
                            .as("%s then %s", before, after)
                            .isFalse();
                }
            }
        }
    }

    private static boolean wins(Members members, int set) {
        return members.quorum().voteResult(voter -> (set >> voter & 1) == 1) == VoteResult.WON;
    }

    private static ConfChange randomChange(SplittableRandom random, ByteSlice context) {
        List<Change> changes = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ChangeKind kind = ChangeKind.values()[random.nextInt(ChangeKind.values().length)];
            changes.add(new Change(kind, 1 + random.nextInt(5)));
        }
        Transition transition = Transition.values()[random.nextInt(Transition.values().length)];
        return new ConfChange(transition, changes, context);
    }

    @Test
    void majorityOfDuplicatesIsThatOfTheSet() {
        assertThat(Majority.of(List.of(3L, 1L, 3L)).voters()).containsExactly(1, 3);
    }
}
