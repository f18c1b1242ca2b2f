package io.quorate.raftstore.raft.search;

import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.RaftRole;
import java.util.List;
import java.util.function.Function;

/// The safety properties of Raft that one look at all replicas decides; those that need a memory
/// are kept by [Ghost]. Together: Log, MoreThanOneLeader, ElectionSafety, LogMatching, QuorumLog,
/// MoreUpToDate, LeaderCompleteness, CommittedIsDurable.
final class Safety {
    private Safety() {}

    /// Throws [Broken] if one does not hold. Replica `i + 1` is `views[i]`.
    static void check(View[] views) {
        for (int i = 0; i < views.length; i++) {
            for (int j = 0; j < views.length; j++) {
                if (i != j) {
                    checkElectionSafety(views[i], views[j]);
                    checkLogMatching(views[i], views[j]);
                    checkMoreUpToDate(views[i], views[j]);
                }
            }
            checkQuorums("QuorumLog", views[i], views, View::log);
            checkQuorums("CommittedIsDurable", views[i], views, View::durable);
        }
    }

    /// Nobody has more entries of a leader's term than that leader.
    private static void checkElectionSafety(View leader, View other) {
        if (leader.role() == RaftRole.LEADER
                && lastOf(leader.term(), other.log()) > lastOf(leader.term(), leader.log())) {
            throw new Broken("ElectionSafety: " + other + " has more of the term than " + leader);
        }
    }

    /// Two logs that agree in the term of one entry agree in all up to there.
    private static void checkLogMatching(View one, View other) {
        int common = Math.min(one.log().size(), other.log().size());
        while (common > 0
                && one.log().get(common - 1).term() != other.log().get(common - 1).term()) {
            common--;
        }
        if (!one.log().subList(0, common).equals(other.log().subList(0, common))) {
            throw new Broken("LogMatching: " + one.log() + " and " + other.log());
        }
    }

    /// Whoever could win a vote of `other` has what that one calls committed.
    private static void checkMoreUpToDate(View one, View other) {
        if (one.isUpToDateWith(other) && !startsWith(one.log(), other.committed())) {
            throw new Broken("MoreUpToDate: " + one.log() + " lacks of " + other.committed());
        }
    }

    /// Every quorum of the active configuration has somebody who holds what is committed, so that
    /// no election can miss it.
    private static void checkQuorums(
            String name, View view, View[] views, Function<View, List<Entry>> held) {
        List<Entry> committed = view.committed();
        boolean missed =
                missing(view.members().voters(), committed, views, held)
                        && (view.members().votersOutgoing().isEmpty()
                                || missing(
                                        view.members().votersOutgoing(), committed, views, held));
        if (missed) {
            throw new Broken(name + ": a quorum of " + view.members() + " lacks of " + committed);
        }
    }

    /// Whether those without the entries are a majority of `voters`.
    private static boolean missing(
            List<Long> voters,
            List<Entry> committed,
            View[] views,
            Function<View, List<Entry>> held) {
        long without =
                voters.stream()
                        .filter(id -> !startsWith(held.apply(views[(int) (id - 1)]), committed))
                        .count();
        return without > voters.size() / 2;
    }

    private static boolean startsWith(List<Entry> log, List<Entry> prefix) {
        return log.size() >= prefix.size() && log.subList(0, prefix.size()).equals(prefix);
    }

    private static int lastOf(long term, List<Entry> log) {
        for (int i = log.size(); i > 0; i--) {
            if (log.get(i - 1).term() == term) {
                return i;
            }
        }
        return 0;
    }
}
