package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log of one replica: what the storage holds, then the unstable tail; and how much of it is
/// committed, handed out for applying, and applied.
///
/// Invariants: `applied <= handedOut <= commit <= lastIndex`; indexes have no gap and terms never
/// fall; nothing at or below `commit` is ever replaced.
final class RaftLog {
    private final RaftStorage storage;
    private final UnstableLog unstable;
    private final Applying applying;
    private final boolean applyBeforeDurable;
    private long commit;
    private long handedOut;
    private long applied;

    /// The term of the latest leader of whose log this one is known to be a prefix.
    private long leaderTerm;

    RaftLog(RaftStorage storage, HardState hardState, RaftConfig config) {
        this.storage = storage;
        this.unstable = new UnstableLog(storage.lastIndex() + 1);
        this.applying = new Applying(config.maxApplyingBytes());
        this.applyBeforeDurable = config.applyBeforeDurable();
        long start = storage.firstIndex() - 1;
        this.commit = Math.max(start, hardState.commit());
        this.applied = Math.max(start, config.applied());
        this.handedOut = applied;
        this.leaderTerm = hardState.leaderTerm();
        // The state machine may be ahead of the commit index that was written last, never of the
        // entries: what it applied was committed.
        this.commit = Math.max(commit, applied);
        Check.that(commit <= lastIndex(), "log ends at %s before commit %s", lastIndex(), commit);
    }

    long firstIndex() {
        Snapshot pending = unstable.pendingSnapshot();
        return pending != null ? pending.index() + 1 : storage.firstIndex();
    }

    long lastIndex() {
        return unstable.end() - 1;
    }

    long lastTerm() {
        return term(lastIndex());
    }

    long commit() {
        return commit;
    }

    long applied() {
        return applied;
    }

    long leaderTerm() {
        return leaderTerm;
    }

    /// The last index given to the driver for writing; at or above the last durable one.
    long lastHandedOutForWriting() {
        return unstable.handedOut() - 1;
    }

    /// Whether the term at `index` is known: from just before the first entry to the last.
    boolean knowsTerm(long index) {
        return index >= firstIndex() - 1 && index <= lastIndex();
    }

    /// The term at an index of which it is known.
    long term(long index) {
        long term = unstable.maybeTerm(index);
        if (term >= 0) {
            return term;
        }
        Check.that(knowsTerm(index), "the term of %s is known up to %s", index, lastIndex());
        return storage.term(index);
    }

    boolean matches(long index, long term) {
        return knowsTerm(index) && term(index) == term;
    }

    /// Whether a log that ends in `(term, index)` has everything that this one may have committed
    /// (thesis, 3.6.1).
    boolean isUpToDate(long term, long index) {
        long own = lastTerm();
        return term > own || (term == own && index >= lastIndex());
    }

    /// The largest index up to `index` whose term is at most `term`: entries after it cannot agree
    /// with a log that has `term` at `index`.
    long lastIndexNotAfterTerm(long index, long term) {
        long candidate = index;
        while (candidate > 0 && knowsTerm(candidate) && term(candidate) > term) {
            candidate--;
        }
        return candidate;
    }

    /// The term at `index`, zero where it is not known.
    long termOrZero(long index) {
        return knowsTerm(index) ? term(index) : 0;
    }

    /// Entries from `low` to the end of the log, at least one if there is any, up to `maxBytes`.
    List<Entry> entriesFrom(long low, long maxBytes) {
        return low > lastIndex() ? List.of() : slice(low, lastIndex() + 1, maxBytes);
    }

    /// Entries `low` (inclusive) to `high` (exclusive), at least one, up to `maxBytes`.
    List<Entry> slice(long low, long high, long maxBytes) {
        Check.that(
                low >= firstIndex() && low < high && high <= lastIndex() + 1,
                "entries [%s, %s) are in the log",
                low,
                high);
        long offset = unstable.offset();
        if (low >= offset) {
            return limit(unstable.slice(low, high), maxBytes);
        }
        long stableHigh = Math.min(high, offset);
        List<Entry> stable = storage.entries(low, stableHigh, maxBytes);
        Check.that(!stable.isEmpty(), "the storage has entry %s", low);
        if (high <= offset || stable.size() < stableHigh - low) {
            return stable;
        }
        long left = maxBytes - sizeBytes(stable);
        List<Entry> tail = unstable.slice(offset, high);
        if (left <= 0 || tail.getFirst().sizeBytes() > left) {
            return stable;
        }
        List<Entry> joined = new ArrayList<>(stable);
        joined.addAll(limit(tail, left));
        return joined;
    }

    /// A leader appends to its own log.
    void appendAsLeader(long term, List<Entry> entries) {
        Check.that(entries.getFirst().index() == lastIndex() + 1, "a leader never truncates");
        leaderTerm = term;
        checkTerms(lastTerm(), entries);
        unstable.truncateAndAppend(entries);
    }

    /// A follower takes over what the leader of `leader` term sent, if it follows on `(prevTerm,
    /// prevIndex)` here. Entries it already has stay as they are.
    ///
    /// @return whether it followed on
    boolean maybeAppend(long leader, long prevTerm, long prevIndex, List<Entry> entries) {
        if (!matches(prevIndex, prevTerm)) {
            return false;
        }
        Check.that(leader >= leaderTerm, "leader %s is not before %s", leader, leaderTerm);
        checkTerms(prevTerm, entries);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!matches(entry.index(), entry.term())) {
                Check.that(
                        entry.index() > commit,
                        "entry %s conflicts below commit %s",
                        entry.index(),
                        commit);
                Check.that(
                        entry.index() > lastIndex() || leader > leaderTerm,
                        "the leader of %s contradicts itself at %s",
                        leader,
                        entry.index());
                unstable.truncateAndAppend(entries.subList(i, entries.size()));
                break;
            }
        }
        // What follows the last entry sent may still contradict this leader. Only without such a
        // rest is the whole log the leader's, and may marks of it carry the leader's term.
        if (lastIndex() == prevIndex + entries.size()) {
            leaderTerm = leader;
        }
        return true;
    }

    void commitTo(long index) {
        if (index > commit) {
            Check.that(index <= lastIndex(), "commit %s past the end %s", index, lastIndex());
            commit = index;
        }
    }

    /// The log is replaced by a snapshot that is ahead of it.
    void restore(long leader, Snapshot snapshot) {
        Check.that(snapshot.index() > commit, "a snapshot never takes back what is committed");
        leaderTerm = leader;
        unstable.restore(snapshot);
        commit = snapshot.index();
    }

    /// Whether a snapshot is waiting to be installed.
    boolean hasPendingSnapshot() {
        return unstable.pendingSnapshot() != null;
    }

    @Nullable Snapshot snapshotToSend() {
        Snapshot pending = unstable.pendingSnapshot();
        return pending != null ? pending : storage.snapshot();
    }

    boolean hasUnhandedWrites() {
        return unstable.snapshotNotHandedOut() != null || unstable.handedOut() < unstable.end();
    }

    List<Entry> entriesToWrite() {
        return unstable.notHandedOut();
    }

    @Nullable Snapshot snapshotToWrite() {
        return unstable.snapshotNotHandedOut();
    }

    /// What becomes durable with everything handed out so far; null if all is durable already.
    @Nullable LogMark markToAwait() {
        return unstable.isEmpty() ? null : new LogMark(leaderTerm, lastIndex());
    }

    void writesHandedOut() {
        unstable.handOut();
    }

    /// Takes note of a durable mark; one of an earlier leader says nothing about this log.
    void durable(long markTerm, long index) {
        Check.that(markTerm <= leaderTerm, "mark of %s is not ahead", markTerm, leaderTerm);
        if (markTerm == leaderTerm) {
            unstable.stableTo(index);
        }
    }

    void snapshotDurable(long index) {
        unstable.snapshotStable(index);
        if (index > applied) {
            applied(index);
        }
    }

    boolean hasCommittedToApply() {
        return handedOut < appliableIndex() && !applying.isPaused();
    }

    /// The next committed entries to apply, up to the limit of what may be under way.
    List<Entry> committedToApply() {
        return hasCommittedToApply()
                ? slice(handedOut + 1, appliableIndex() + 1, applying.room())
                : List.of();
    }

    void committedHandedOut(List<Entry> entries) {
        if (!entries.isEmpty()) {
            handedOut = entries.getLast().index();
            applying.add(entries, handedOut < appliableIndex());
        }
    }

    /// Whether committed entries are with the driver, not yet applied.
    boolean hasHandedOutToApply() {
        return applied < handedOut;
    }

    /// Returns the payload bytes of the entries that have been applied with this.
    long applied(long index) {
        Check.that(index >= applied, "applied goes up: %s after %s", index, applied);
        Check.that(index <= commit, "applied %s is committed up to %s", index, commit);
        applied = index;
        handedOut = Math.max(handedOut, index);
        return applying.applied(index);
    }

    /// Whether a membership change is among the committed entries that are not applied.
    boolean hasUnappliedConfChange(long pageBytes) {
        long low = Math.max(applied + 1, firstIndex());
        while (low <= commit) {
            List<Entry> page = slice(low, commit + 1, pageBytes);
            for (Entry entry : page) {
                if (entry.kind() != EntryKind.NORMAL) {
                    return true;
                }
            }
            low += page.size();
        }
        return false;
    }

    private long appliableIndex() {
        if (hasPendingSnapshot()) {
            return handedOut;
        }
        return applyBeforeDurable ? commit : Math.min(commit, unstable.offset() - 1);
    }

    private static void checkTerms(long prevTerm, List<Entry> entries) {
        long term = prevTerm;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Check.that(entry.term() >= term, "terms never fall: %s, %s", term, entry.term());
            Check.that(
                    entry.index() == entries.getFirst().index() + i,
                    "entries have no gap at %s",
                    entry.index());
            term = entry.term();
        }
    }

    private static long sizeBytes(List<Entry> entries) {
        long size = 0;
        for (Entry entry : entries) {
            size += entry.sizeBytes();
        }
        return size;
    }

    private static List<Entry> limit(List<Entry> entries, long maxBytes) {
        long size = 0;
        for (int i = 0; i < entries.size(); i++) {
            size += entries.get(i).sizeBytes();
            if (i > 0 && size > maxBytes) {
                return entries.subList(0, i);
            }
        }
        return entries;
    }
}
