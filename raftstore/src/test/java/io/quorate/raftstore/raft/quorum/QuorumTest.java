package io.quorate.raftstore.raft.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The arithmetic of quorums against its definition: for all small cases, and many random ones.
class QuorumTest {
    private static final int VOTERS_MAX = 5;

    @Test
    void committedIndexIsTheHighestThatAMajorityReached() {
        for (int size = 1; size <= VOTERS_MAX; size++) {
            Majority majority = Majority.of(LongStream.rangeClosed(1, size).boxed().toList());
            long cases = (long) Math.pow(4, size);
            for (long number = 0; number < cases; number++) {
                long[] indexes = digits(number, 4, size);
                assertThat(majority.committedIndex(voter -> indexes[(int) voter - 1]))
                        .as("%s of %s", majority, indexes)
                        .isEqualTo(slowCommitted(indexes));
            }
        }
    }

    @Test
    void voteIsWonByHalfAndOneAndLostWhenThatIsOutOfReach() {
        for (int size = 1; size <= VOTERS_MAX; size++) {
            Majority majority = Majority.of(LongStream.rangeClosed(1, size).boxed().toList());
            long cases = (long) Math.pow(3, size);
            for (long number = 0; number < cases; number++) {
                long[] votes = digits(number, 3, size);
                assertThat(majority.voteResult(voter -> vote(votes[(int) voter - 1])))
                        .as("votes %s", votes)
                        .isEqualTo(slowResult(votes));
            }
        }
    }

    @Test
    void jointNeedsBothHalves() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20_000; round++) {
            Majority incoming = randomMajority(random, 1);
            Majority outgoing = randomMajority(random, 0);
            JointQuorum joint = new JointQuorum(incoming, outgoing);
            long[] indexes = random.longs(VOTERS_MAX + 1, 0, 6).toArray();
            long[] votes = random.longs(VOTERS_MAX + 1, 0, 3).toArray();
            assertThat(joint.committedIndex(voter -> indexes[(int) voter]))
                    .isEqualTo(
                            Math.min(
                                    incoming.committedIndex(voter -> indexes[(int) voter]),
                                    outgoing.committedIndex(voter -> indexes[(int) voter])));
            VoteResult first = incoming.voteResult(voter -> vote(votes[(int) voter]));
            VoteResult second = outgoing.voteResult(voter -> vote(votes[(int) voter]));
            VoteResult both = joint.voteResult(voter -> vote(votes[(int) voter]));
            assertThat(both == VoteResult.WON)
                    .isEqualTo(first == VoteResult.WON && second == VoteResult.WON);
            assertThat(both == VoteResult.LOST)
                    .isEqualTo(first == VoteResult.LOST || second == VoteResult.LOST);
        }
    }

    @Test
    void twoQuorumsAlwaysShareAVoter() {
        for (int size = 1; size <= VOTERS_MAX; size++) {
            Majority majority = Majority.of(LongStream.rangeClosed(1, size).boxed().toList());
            List<Integer> winning = new ArrayList<>();
            for (int set = 0; set < 1 << size; set++) {
                int members = set;
                if (majority.voteResult(voter -> (members >> (voter - 1) & 1) == 1)
                        == VoteResult.WON) {
                    winning.add(set);
                }
            }
            for (int left : winning) {
                for (int right : winning) {
                    assertThat(left & right).as("quorums of %s", size).isNotZero();
                }
            }
        }
    }

    @Test
    void emptyMajorityAgreesToEverything() {
        assertThat(Majority.EMPTY.committedIndex(voter -> 0)).isEqualTo(Long.MAX_VALUE);
        assertThat(Majority.EMPTY.voteResult(voter -> false)).isEqualTo(VoteResult.WON);
    }

    private static Majority randomMajority(SplittableRandom random, int sizeMin) {
        int size = sizeMin + random.nextInt(VOTERS_MAX - sizeMin + 1);
        return Majority.of(random.longs(size, 1, VOTERS_MAX + 1).boxed().toList());
    }

    private static long slowCommitted(long[] indexes) {
        long best = 0;
        for (long candidate : indexes) {
            long reached = LongStream.of(indexes).filter(index -> index >= candidate).count();
            if (2 * reached > indexes.length) {
                best = Math.max(best, candidate);
            }
        }
        return best;
    }

    private static VoteResult slowResult(long[] votes) {
        long granted = LongStream.of(votes).filter(vote -> vote == 1).count();
        long missing = LongStream.of(votes).filter(vote -> vote == 2).count();
        if (2 * granted > votes.length) {
            return VoteResult.WON;
        }
        return 2 * (granted + missing) > votes.length ? VoteResult.PENDING : VoteResult.LOST;
    }

    private static @Nullable Boolean vote(long digit) {
        return digit == 2 ? null : digit == 1;
    }

    private static long[] digits(long number, int base, int count) {
        long[] digits = new long[count];
        long rest = number;
        for (int i = 0; i < count; i++) {
            digits[i] = rest % base;
            rest /= base;
        }
        return digits;
    }
}
