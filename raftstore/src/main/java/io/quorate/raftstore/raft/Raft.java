package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import java.util.List;

/// One replica of a Raft group. See the package comment for how it is driven. Not thread-safe:
/// owned by the loop that drives it.
public final class Raft {
    /// The id of nobody: no leader known, no vote given.
    public static final long NONE = 0;

    private final RaftConfig config;

    /// Starts a replica from what it wrote. For a new group all replicas start with the same
    /// `confState` and either an empty log or the same snapshot in `storage`. The log may end before
    /// [RaftConfig#applied()] only if it was compacted to there first.
    ///
    /// @param hardState the last one written; [HardState#INITIAL] for a new replica
    /// @param confState the membership as of the applied index
    public Raft(RaftConfig config, RaftStorage storage, HardState hardState, ConfState confState) {
        this.config = config;
    }

    /// One unit of time has passed.
    public void tick() {
        throw Check.unreachable("not built yet");
    }

    /// A message arrived from another replica, or a gated one to itself is due. Messages from
    /// another term, repeated or out of order are welcome; those for another replica are not.
    public void step(Message message) {
        throw Check.unreachable("not built yet");
    }

    /// Proposes one entry per payload, in order and all or none.
    public ProposeOutcome propose(List<ByteSlice> payloads) {
        throw Check.unreachable("not built yet");
    }

    /// Proposes a change of membership, which takes effect when the driver applies it with
    /// [#applyConfChange(ConfChange)]. One change at a time: refused while another is not applied.
    public ProposeOutcome proposeConfChange(ConfChange change) {
        throw Check.unreachable("not built yet");
    }

    /// Asks for the index that must be applied before a read arriving now may be served. The answer
    /// comes as a [ReadState] in a Ready, or never if leadership changes: the driver gives up after
    /// a time-out of its own. All reads asked for between two Readys share one round of heartbeats.
    ///
    /// @param context comes back in the answer
    /// @return false if no leader is known, so that no answer will come
    public boolean readIndex(long context) {
        throw Check.unreachable("not built yet");
    }

    /// Campaigns now. Without effect on a leader, a non-member, or while a committed membership
    /// change is not applied.
    public void campaign() {
        throw Check.unreachable("not built yet");
    }

    /// Asks the leader to hand over to `transferee`, given up after an election timeout.
    public void transferLeadership(long transferee) {
        throw Check.unreachable("not built yet");
    }

    /// Makes a follower that is sure its leader is gone forget it, so that it grants pre-votes at
    /// once. Without effect on others.
    public void forgetLeader() {
        throw Check.unreachable("not built yet");
    }

    /// A message to `peer` was lost for sure: stop pipelining to it.
    public void reportUnreachable(long peer) {
        throw Check.unreachable("not built yet");
    }

    /// The content of a snapshot sent to `peer` arrived or failed to.
    public void reportSnapshot(long peer, boolean arrived) {
        throw Check.unreachable("not built yet");
    }

    /// Whether [#ready()] has anything to hand out.
    public boolean hasReady() {
        throw Check.unreachable("not built yet");
    }

    /// Hands out all work that has come up since the last call. Only when [#hasReady()].
    public Ready ready() {
        throw Check.unreachable("not built yet");
    }

    /// The log is durable up to a [Ready#logMark()]. Marks of older leaders are ignored.
    public void logDurable(long leaderTerm, long index) {
        throw Check.unreachable("not built yet");
    }

    /// The [Ready#snapshot()] of this index is installed, durably; it counts as applied.
    public void snapshotDurable(long index) {
        throw Check.unreachable("not built yet");
    }

    /// Everything up to `index` has been applied.
    public void applied(long index) {
        throw Check.unreachable("not built yet");
    }

    /// Puts a committed membership change into effect, in order with the other committed entries
    /// and before [#applied(long)] covers it. An entry of kind [EntryKind#CONF_CHANGE_SINGLE] or
    /// [EntryKind#CONF_CHANGE] that the state machine rejects is simply not passed here.
    ///
    /// @return the membership from now on, for the driver to persist with the applied index
    public ConfState applyConfChange(ConfChange change) {
        throw Check.unreachable("not built yet");
    }

    public long id() {
        return config.id();
    }

    public long term() {
        throw Check.unreachable("not built yet");
    }

    /// Who leads this term, or [#NONE].
    public long leader() {
        throw Check.unreachable("not built yet");
    }

    public RaftRole role() {
        throw Check.unreachable("not built yet");
    }

    public HardState hardState() {
        throw Check.unreachable("not built yet");
    }

    public long commitIndex() {
        throw Check.unreachable("not built yet");
    }

    public long appliedIndex() {
        throw Check.unreachable("not built yet");
    }

    public long firstIndex() {
        throw Check.unreachable("not built yet");
    }

    /// The last index of the log, durable or not.
    public long lastIndex() {
        throw Check.unreachable("not built yet");
    }

    /// Whether this leader has committed an entry of its own term, so that it knows everything
    /// committed before; false on others.
    public boolean committedInTerm() {
        throw Check.unreachable("not built yet");
    }

    public ConfState confState() {
        throw Check.unreachable("not built yet");
    }

    /// What a leader knows of each member's log, by id; empty on others.
    public List<PeerStatus> peers() {
        throw Check.unreachable("not built yet");
    }
}
