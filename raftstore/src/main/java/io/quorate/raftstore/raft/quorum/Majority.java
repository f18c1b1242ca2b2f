package io.quorate.raftstore.raft.quorum;

import io.quorate.common.check.Check;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A set of voters of which more than half decide. Immutable.
///
/// The empty set agrees to everything, which lets a plain configuration be a joint one whose other
/// half is empty.
public final class Majority {
    public static final Majority EMPTY = new Majority(new long[0]);

    private final long[] voters;

    private Majority(long[] voters) {
        this.voters = voters;
    }

    public static Majority of(Collection<Long> voters) {
        return new Majority(
                voters.stream().mapToLong(Long::longValue).sorted().distinct().toArray());
    }

    public boolean isEmpty() {
        return voters.length == 0;
    }

    public int size() {
        return voters.length;
    }

    public boolean contains(long peer) {
        return Arrays.binarySearch(voters, peer) >= 0;
    }

    /// The voters, ascending.
    public long[] voters() {
        return voters.clone();
    }

    /// The highest index that more than half acknowledged; [Long#MAX_VALUE] for no voters.
    ///
    /// @param acknowledged the highest index a voter acknowledged, zero for none
    public long committedIndex(LongUnaryOperator acknowledged) {
        if (voters.length == 0) {
            return Long.MAX_VALUE;
        }
        long[] indexes = new long[voters.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = acknowledged.applyAsLong(voters[i]);
            Check.that(indexes[i] >= 0, "an acknowledged index is not negative");
        }
        Arrays.sort(indexes);
        // The upper part of the sorted indexes, from here on, holds more than half of them.
        return indexes[indexes.length - (indexes.length / 2 + 1)];
    }

    public VoteResult voteResult(Ballots ballots) {
        int granted = 0;
        int missing = 0;
        for (long voter : voters) {
            @Nullable Boolean vote = ballots.of(voter);
            if (vote == null) {
                missing++;
            } else if (vote) {
                granted++;
            }
        }
        int needed = voters.length == 0 ? 0 : voters.length / 2 + 1;
        if (granted >= needed) {
            return VoteResult.WON;
        }
        return granted + missing >= needed ? VoteResult.PENDING : VoteResult.LOST;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Majority that && Arrays.equals(voters, that.voters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(voters);
    }

    /// As `(1 2 3)`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < voters.length; i++) {
            text.append(i == 0 ? "" : " ").append(voters[i]);
        }
        return text.append(')').toString();
    }
}
