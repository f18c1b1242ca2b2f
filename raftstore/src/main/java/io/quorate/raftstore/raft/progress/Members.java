package io.quorate.raftstore.raft.progress;

import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.quorum.JointQuorum;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who belongs to a group, and as what. Immutable.
///
/// Invariants: learners do not vote; `learnersNext` are voters of the outgoing set alone; outside a
/// joint configuration it is empty and `autoLeave` false.
///
/// @param learnersNext voters of the outgoing set that become learners when it is left: a voter
///   cannot be a learner at the same time
public record Members(
        JointQuorum quorum,
        SortedSet<Long> learners,
        SortedSet<Long> learnersNext,
        boolean autoLeave) {
    public static final Members EMPTY =
            new Members(
                    JointQuorum.EMPTY,
                    Collections.emptySortedSet(),
                    Collections.emptySortedSet(),
                    false);

    public Members {
        learners = Collections.unmodifiableSortedSet(new TreeSet<>(learners));
        learnersNext = Collections.unmodifiableSortedSet(new TreeSet<>(learnersNext));
        for (long learner : learners) {
            Check.that(!quorum.contains(learner), "learner %s does not vote", learner);
        }
        for (long next : learnersNext) {
            boolean leaving = quorum.outgoing().contains(next) && !quorum.incoming().contains(next);
            Check.that(leaving, "learner-to-be %s votes only in the outgoing half", next);
        }
        Check.that(quorum.isJoint() || !autoLeave, "only a joint configuration is left");
    }

    /// Whether `peer` replicates without voting. Learners to be still vote.
    public boolean isLearner(long peer) {
        return learners.contains(peer);
    }

    /// Voters of both sets, and learners.
    public SortedSet<Long> all() {
        TreeSet<Long> all = new TreeSet<>(learners);
        for (long voter : quorum.voters()) {
            all.add(voter);
        }
        return all;
    }

    /// As `voters=(1 2)&&(1) learners=(3) learners_next=(1) autoleave`, absent parts left out.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("voters=").append(quorum);
        describe(text, " learners=", learners);
        describe(text, " learners_next=", learnersNext);
        return text.append(autoLeave ? " autoleave" : "").toString();
    }

    private static void describe(StringBuilder text, String name, SortedSet<Long> peers) {
        if (!peers.isEmpty()) {
            String ids = String.join(" ", peers.stream().map(String::valueOf).toList());
            text.append(name).append('(').append(ids).append(')');
        }
    }
}
