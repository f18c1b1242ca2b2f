package io.quorate.raftstore.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Watches a whole group from outside and knows everything that was ever promised.
final class SoupChecker {
    private record Place(long term, long index) {}

    private record Written(Entry entry, long termBefore) {}

    private final TreeMap<Long, Long> leaders = new TreeMap<>();
    private final Map<Place, Written> written = new HashMap<>();
    private final List<Entry> committed = new ArrayList<>();

    /// For each committed entry, the term of the replica that was the first to know.
    private final List<Long> committedIn = new ArrayList<>();

    private final List<ConfState> confStates = new ArrayList<>();
    private final ConfState initial;
    private final Map<Long, Long> readsAsked = new HashMap<>();
    private int readsConfirmed;
    private int changes;
    private int jointCount;
    private int learnersCount;
    private int autoLeaveCount;

    /// All replicas, by whose disks commitment is judged.
    private final List<SoupNode> nodes;

    SoupChecker(ConfState initial, List<SoupNode> nodes) {
        this.initial = initial;
        this.nodes = nodes;
    }

    /// Election safety: one leader a term. Leader completeness: it has all that was committed
    /// before its term; what a later leader committed, one elected late need not have.
    void observe(Raft raft) {
        if (raft.role() != RaftRole.LEADER) {
            return;
        }
        Long known = leaders.putIfAbsent(raft.term(), raft.id());
        if (known != null) {
            assertThat(known).as("leader of term %s", raft.term()).isEqualTo(raft.id());
            return;
        }
        RaftLog log = raft.replica().log;
        for (long index = log.firstIndex(); index <= committed.size(); index++) {
            if (committedIn.get((int) index - 1) >= raft.term()) {
                break;
            }
            assertThat(log.termOrZero(index))
                    .as(
                            "new leader %s of term %s has committed entry %s",
                            raft.id(), raft.term(), index)
                    .isEqualTo(committed.get((int) index - 1).term());
        }
    }

    /// Log matching: a place in the log, named by term and index, has one content and one past.
    void wrote(long node, List<Entry> entries, LongUnaryOperator termBefore) {
        for (Entry entry : entries) {
            Written now = new Written(entry, termBefore.applyAsLong(entry.index()));
            Written old = written.putIfAbsent(new Place(entry.term(), entry.index()), now);
            // The entry before may be in a snapshot here, its term unknown.
            if (old != null && now.termBefore() != 0 && old.termBefore() != 0) {
                assertThat(now).as("entry written by %s", node).isEqualTo(old);
            }
        }
    }

    /// State-machine safety, and what is committed is durable on a majority.
    void committed(Raft raft, List<Entry> entries) {
        for (Entry entry : entries) {
            int position = (int) entry.index() - 1;
            assertThat(position)
                    .as("committed without a gap")
                    .isLessThanOrEqualTo(committed.size());
            if (position < committed.size()) {
                assertThat(entry).as("committed").isEqualTo(committed.get(position));
            } else {
                committed.add(entry);
                committedIn.add(raft.term());
                checkDurable(entry, raft);
            }
        }
    }

    void applied(Entry entry, ConfState after) {
        if (entry.kind() != EntryKind.NORMAL) {
            changes++;
            jointCount += after.votersOutgoing().isEmpty() ? 0 : 1;
            learnersCount += after.learners().isEmpty() ? 0 : 1;
            autoLeaveCount += after.autoLeave() ? 1 : 0;
        }
        int position = (int) entry.index() - 1;
        if (position < confStates.size()) {
            assertThat(after)
                    .as("members after %s", entry.index())
                    .isEqualTo(confStates.get(position));
        } else {
            confStates.add(after);
        }
    }

    void readAsked(long context) {
        readsAsked.put(context, (long) committed.size());
    }

    /// Linearizability: a read sees everything committed before it was asked for.
    void readConfirmed(ReadState read) {
        Long before = readsAsked.get(read.context());
        assertThat(before).as("read %s was asked for", read.context()).isNotNull();
        assertThat(read.index()).as("read %s", read.context()).isGreaterThanOrEqualTo(before);
        readsConfirmed++;
    }

    @Nullable Snapshot snapshotAt(long applied) {
        if (applied == 0) {
            return null;
        }
        ConfState members =
                applied <= confStates.size() ? confStates.get((int) applied - 1) : initial;
        return new Snapshot(
                applied, committed.get((int) applied - 1).term(), members, ByteSlice.EMPTY);
    }

    int committedCount() {
        return committed.size();
    }

    /// How many changes of membership were applied, by any replica; how many of these led into a
    /// joint configuration, into one left automatically, and to learners.
    int[] changeCounts() {
        return new int[] {changes, jointCount, autoLeaveCount, learnersCount};
    }

    int electedCount() {
        return leaders.size();
    }

    int readsConfirmedCount() {
        return readsConfirmed;
    }

    /// No quorum of the active configuration may be without the entry, or it could elect a leader
    /// that lacks it. Followers may know an older configuration, which says nothing.
    private void checkDurable(Entry entry, Raft raft) {
        ConfState members = raft.confState();
        if (raft.role() == RaftRole.LEADER) {
            boolean lost =
                    isMissed(entry, members.voters())
                            && (members.votersOutgoing().isEmpty()
                                    || isMissed(entry, members.votersOutgoing()));
            assertThat(lost).as("a quorum of %s is without %s", members, entry).isFalse();
        }
    }

    private boolean isMissed(Entry entry, List<Long> voters) {
        long holders =
                voters.stream()
                        .map(voter -> nodes.get((int) (voter - 1)).storage)
                        .filter(log -> holds(log, entry))
                        .count();
        return voters.size() - holders > voters.size() / 2;
    }

    private static boolean holds(MemoryStorage log, Entry entry) {
        return log.firstIndex() > entry.index()
                || (log.lastIndex() >= entry.index() && log.term(entry.index()) == entry.term());
    }
}
