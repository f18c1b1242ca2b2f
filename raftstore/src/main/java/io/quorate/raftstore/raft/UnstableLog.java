package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tail of the log that is not known to be durable, perhaps preceded by a snapshot that is not.
///
/// Entries start at `offset`; those below `handedOut` are with the driver for writing. Entries may
/// already be written and so overlap the storage; where both know an index, this tail is right.
///
/// Invariants: `offset <= handedOut <= offset + entries`; a snapshot ends at `offset - 1`.
final class UnstableLog {
    private @Nullable Snapshot snapshot;
    private boolean snapshotHandedOut;
    private List<Entry> entries = new ArrayList<>();
    private long offset;
    private long handedOut;

    UnstableLog(long offset) {
        this.offset = offset;
        this.handedOut = offset;
    }

    /// The first index that may be here.
    long offset() {
        return offset;
    }

    /// The first index that is not yet with the driver.
    long handedOut() {
        return handedOut;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /// The snapshot that is not installed, whether the driver has been given it or not.
    @Nullable Snapshot pendingSnapshot() {
        return snapshot;
    }

    /// The index after the last one known here.
    long end() {
        return offset + entries.size();
    }

    /// The term at `index`, or -1 if that is for the storage to say.
    long maybeTerm(long index) {
        if (index >= offset) {
            return index < end() ? entries.get((int) (index - offset)).term() : -1;
        }
        return snapshot != null && snapshot.index() == index ? snapshot.term() : -1;
    }

    /// Entries `low` (inclusive) to `high` (exclusive), all of them here.
    List<Entry> slice(long low, long high) {
        Check.that(low >= offset && high <= end(), "unstable entries [%s, %s)", low, high);
        return List.copyOf(entries.subList((int) (low - offset), (int) (high - offset)));
    }

    /// Entries that the driver has not been given.
    List<Entry> notHandedOut() {
        return slice(handedOut, end());
    }

    /// The snapshot, unless the driver has been given it.
    @Nullable Snapshot snapshotNotHandedOut() {
        return snapshotHandedOut ? null : snapshot;
    }

    void handOut() {
        handedOut = end();
        snapshotHandedOut = snapshot != null;
    }

    /// Appends entries, replacing everything from the first one's index on.
    void truncateAndAppend(List<Entry> added) {
        long from = added.getFirst().index();
        Check.that(from <= end(), "the log has no gap: %s after %s", from, end() - 1);
        if (from <= offset) {
            entries = new ArrayList<>(added);
            offset = from;
            handedOut = from;
            return;
        }
        if (from < end()) {
            entries.subList((int) (from - offset), entries.size()).clear();
            handedOut = Math.min(handedOut, from);
        }
        entries.addAll(added);
    }

    /// Everything is replaced by a snapshot.
    void restore(Snapshot restored) {
        entries = new ArrayList<>();
        offset = restored.index() + 1;
        handedOut = offset;
        snapshot = restored;
        snapshotHandedOut = false;
    }

    /// Entries up to `index`, as they are now, are durable.
    void stableTo(long index) {
        if (index < offset) {
            return;
        }
        Check.that(index < handedOut, "only what was handed out becomes durable: %s", index);
        entries.subList(0, (int) (index + 1 - offset)).clear();
        offset = index + 1;
    }

    void snapshotStable(long index) {
        if (snapshot != null && snapshot.index() == index) {
            Check.that(snapshotHandedOut, "only a snapshot that was handed out is installed");
            snapshot = null;
            snapshotHandedOut = false;
        }
    }
}
