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

    /// The voters by whose disks commitment is judged, null where these change.
    private final @Nullable List<SoupNode> voters;

    SoupChecker(ConfState initial, @Nullable List<SoupNode> voters) {
        this.initial = initial;
        this.voters = voters;
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
    void committed(long term, List<Entry> entries) {
        for (Entry entry : entries) {
            int position = (int) entry.index() - 1;
            assertThat(position)
                    .as("committed without a gap")
                    .isLessThanOrEqualTo(committed.size());
            if (position < committed.size()) {
                assertThat(entry).as("committed").isEqualTo(committed.get(position));
            } else {
                committed.add(entry);
                committedIn.add(term);
                checkDurable(entry);
            }
        }
    }

    void applied(Entry entry, ConfState after) {
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

    int electedCount() {
        return leaders.size();
    }

    int readsConfirmedCount() {
        return readsConfirmed;
    }

    private void checkDurable(Entry entry) {
        if (voters == null) {
            return;
        }
        long holders =
                voters.stream()
                        .filter(node ->
                                node.storage.firstIndex() > entry.index()
                                        || (node.storage.lastIndex() >= entry.index()
                                                && node.storage.term(entry.index())
                                                        == entry.term()))
                        .count();
        assertThat(holders).as("voters that hold %s", entry).isGreaterThan(voters.size() / 2);
    }
}
