package io.quorate.raftstore.raft.progress;

import io.quorate.common.check.Check;

/// How far one member's log is, as its leader sees it, and what may be sent to it.
///
/// Invariants: `match < next`; `match` never falls; in state PROBE `next` is the probed index.
public final class Progress {
    private final Inflights inflights;
    private long match;
    private long next;

    /// The commit index last sent, so that a bare commit is not sent twice.
    private long sentCommit;

    /// The index of the snapshot under way in state SNAPSHOT, zero otherwise.
    private long pendingSnapshot;

    private ProgressState state = ProgressState.PROBE;

    /// Whether sending waits for an answer (or a heartbeat's, in case that one was lost).
    private boolean paused;

    /// Whether the member was heard of since the last quorum check.
    private boolean active;

    Progress(long match, long next, boolean active, int inflightsMax, long inflightBytesMax) {
        Check.that(match < next, "match stays below next");
        this.match = match;
        this.next = next;
        this.active = active;
        this.inflights = new Inflights(inflightsMax, inflightBytesMax);
    }

    /// The answers of this member do not tell where the logs agree any more.
    public void becomeProbe() {
        long past = state == ProgressState.SNAPSHOT ? pendingSnapshot : 0;
        reset(ProgressState.PROBE);
        next = Math.max(match, past) + 1;
        sentCommit = Math.min(sentCommit, next - 1);
    }

    /// The snapshot under way will not arrive: its index says nothing about where to go on.
    public void forgetSnapshot() {
        pendingSnapshot = 0;
    }

    /// The member acknowledged up to `match`: send on from there without waiting.
    public void becomeReplicate() {
        reset(ProgressState.REPLICATE);
        next = match + 1;
    }

    /// A snapshot of `index` is on its way.
    public void becomeSnapshot(long index) {
        reset(ProgressState.SNAPSHOT);
        pendingSnapshot = index;
        next = index + 1;
        sentCommit = index;
    }

    /// The member has everything up to `index`. Returns whether that was news.
    public boolean maybeUpdate(long index) {
        if (index <= match) {
            return false;
        }
        match = index;
        next = Math.max(next, index + 1);
        paused = false;
        return true;
    }

    /// The member refused an append that followed `rejected`; the logs may agree at `matchHint`.
    /// Returns false for an answer that is out of date.
    public boolean maybeDecrease(long rejected, long matchHint) {
        if (state == ProgressState.REPLICATE) {
            if (rejected <= match) {
                return false;
            }
            next = match + 1;
            sentCommit = Math.min(sentCommit, next - 1);
            return true;
        }
        if (next - 1 != rejected) {
            return false;
        }
        next = Math.max(Math.min(rejected, matchHint + 1), match + 1);
        sentCommit = Math.min(sentCommit, next - 1);
        paused = false;
        return true;
    }

    /// An append with this many entries was sent.
    public void sentEntries(int count, long bytes) {
        Check.that(state != ProgressState.SNAPSHOT, "nothing is appended during a snapshot");
        if (state == ProgressState.PROBE) {
            paused |= count > 0;
            return;
        }
        if (count > 0) {
            next += count;
            inflights.add(next - 1, bytes);
        }
        // What is sent at the limit is a probe: if everything before it was lost, its answer,
        // and with it the next heartbeat's, gets replication going again.
        paused = inflights.isFull();
    }

    public void sentCommit(long commit) {
        sentCommit = commit;
    }

    /// Whether sending `commit` could tell the member anything new.
    public boolean canBumpCommit(long commit) {
        return commit > sentCommit && sentCommit < next - 1;
    }

    /// An answer came for everything in flight up to `index`.
    public void freeInflights(long index) {
        inflights.freeUpTo(index);
    }

    /// Whether an append may be sent now.
    public boolean isPaused() {
        return paused || state == ProgressState.SNAPSHOT;
    }

    /// Holds back until an answer arrives.
    public void pause() {
        paused = true;
    }

    /// A heartbeat was answered: try again, whatever was lost.
    public void unpause() {
        paused = false;
    }

    /// Whether an append may carry entries, rather than only probe.
    public boolean mayCarryEntries() {
        return state != ProgressState.REPLICATE || !inflights.isFull();
    }

    public void setActive(boolean heard) {
        active = heard;
    }

    public boolean isActive() {
        return active;
    }

    public long match() {
        return match;
    }

    public long next() {
        return next;
    }

    public ProgressState state() {
        return state;
    }

    public long pendingSnapshot() {
        return pendingSnapshot;
    }

    public int inflightCount() {
        return inflights.count();
    }

    public boolean inflightsFull() {
        return inflights.isFull();
    }

    private void reset(ProgressState newState) {
        Check.that(match < next, "match stays below next");
        state = newState;
        paused = false;
        pendingSnapshot = 0;
        inflights.clear();
    }
}
