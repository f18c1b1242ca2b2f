package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.progress.Progress;
import io.quorate.raftstore.raft.progress.ProgressState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One replica of a Raft group. See the package comment for how it is driven. Not thread-safe:
/// owned by the loop that drives it.
public final class Raft {
    /// The id of nobody: no leader known, no vote given.
    public static final long NONE = 0;

    private final RaftConfig config;
    private final Replica replica;
    private final Election election;
    private final Replication replication;
    private final Membership membership;
    private final Reads reads;
    private final Proposals proposals;
    private final Steps steps;
    private final Invariants invariants;
    private SoftState softStateSeen;
    private HardState hardStateSeen;

    /// Starts a replica from what it wrote. For a new group all replicas start with the same
    /// `confState` and either an empty log or the same snapshot in `storage`.
    ///
    /// With [RaftConfig#applyBeforeDurable()] the log may, after a crash, end before the applied
    /// index or hold another term there: such a log must first be replaced by an empty one that
    /// goes on after the applied index and term, and the hard state's term raised to that term.
    ///
    /// @param hardState the last one written; [HardState#INITIAL] for a new replica
    /// @param confState the membership as of the applied index
    public Raft(RaftConfig config, RaftStorage storage, HardState hardState, ConfState confState) {
        this.config = config;
        this.replica = new Replica(config, new RaftLog(storage, hardState, config), hardState);
        this.replication = new Replication(replica);
        this.membership = new Membership(replica, replication);
        this.election = new Election(replica, replication);
        this.reads = new Reads(replica, replication);
        this.proposals = new Proposals(replica, replication, membership);
        Following following = new Following(replica, membership);
        this.steps = new Steps(replica, election, replication, following, reads, proposals);
        membership.restore(confState);
        this.invariants = new Invariants(replica);
        this.softStateSeen = softState();
        this.hardStateSeen = replica.hardState();
    }

    /// One unit of time has passed.
    public void tick() {
        if (replica.isLeader()) {
            tickLeader();
        } else {
            tickFollower();
        }
        invariants.check();
    }

    /// A message arrived from another replica, or a gated one to itself is due. Messages from
    /// another term, repeated or out of order are welcome; those for another replica are not.
    public void step(Message message) {
        steps.step(message);
        invariants.check();
    }

    /// Proposes one entry per payload, in order and all or none.
    public ProposeOutcome propose(List<ByteSlice> payloads) {
        ProposeOutcome outcome = proposals.propose(payloads);
        invariants.check();
        return outcome;
    }

    /// Proposes a change of membership, which takes effect when the driver applies it with
    /// [#applyConfChange(ConfChange)]. One change at a time: refused while another is not applied.
    public ProposeOutcome proposeConfChange(ConfChange change) {
        return proposeConfChange(change, EntryKind.CONF_CHANGE);
    }

    /// Asks for the index that must be applied before a read arriving now may be served. The answer
    /// comes as a [ReadState] in a Ready, or never if leadership changes: the driver gives up after
    /// a time-out of its own. All reads asked for between two Readys share one round of heartbeats.
    ///
    /// @param context comes back in the answer
    /// @return false if no leader is known, so that no answer will come
    public boolean readIndex(long context) {
        return reads.ask(context);
    }

    /// Campaigns now. Without effect on a leader, a non-member, or while a committed membership
    /// change is not applied.
    public void campaign() {
        election.campaign();
        invariants.check();
    }

    /// Asks the leader to hand over to `transferee`, given up after an election timeout.
    public void transferLeadership(long transferee) {
        proposals.transferTo(transferee);
        invariants.check();
    }

    /// Makes a follower that is sure its leader is gone forget it, so that it grants pre-votes at
    /// once. Without effect on others.
    public void forgetLeader() {
        if (replica.role() == RaftRole.FOLLOWER) {
            replica.forgetLeader();
        }
        invariants.check();
    }

    /// A message to `peer` was lost for sure: stop pipelining to it.
    public void reportUnreachable(long peer) {
        @Nullable Progress progress = replica.tracker.of(peer);
        if (replica.isLeader() && progress != null) {
            replication.unreachable(progress);
        }
        invariants.check();
    }

    /// The content of a snapshot sent to `peer` arrived or failed to. Nothing else is sent to that
    /// peer until this is called or the peer answers: a driver that does not know gives up after a
    /// time-out.
    public void reportSnapshot(long peer, boolean arrived) {
        @Nullable Progress progress = replica.tracker.of(peer);
        if (replica.isLeader() && progress != null) {
            replication.snapshotReported(progress, arrived);
        }
        invariants.check();
    }

    /// Whether [#ready()] has anything to hand out.
    public boolean hasReady() {
        RaftLog log = replica.log;
        return !replica.outbox.isEmpty()
                || log.hasUnhandedWrites()
                || log.hasCommittedToApply()
                || !replica.readStates.isEmpty()
                || reads.canStart()
                || !softState().equals(softStateSeen)
                || !replica.hardState().equals(hardStateSeen);
    }

    /// Hands out all work that has come up since the last call. Only when [#hasReady()].
    public Ready ready() {
        Check.that(hasReady(), "a Ready is taken only where there is one");
        if (reads.canStart()) {
            reads.startRound();
        }
        RaftLog log = replica.log;
        SoftState softState = softState();
        HardState hardState = replica.hardState();
        List<Entry> entries = log.entriesToWrite();
        List<Entry> committed = log.committedToApply();
        boolean mustSync =
                !entries.isEmpty()
                        || log.snapshotToWrite() != null
                        || hardState.term() != hardStateSeen.term()
                        || hardState.vote() != hardStateSeen.vote();
        Ready ready =
                new Ready(
                        softState.equals(softStateSeen) ? null : softState,
                        hardState.equals(hardStateSeen) ? null : hardState,
                        log.snapshotToWrite(),
                        entries,
                        replica.outbox.takeMessages(),
                        replica.outbox.takeGated(),
                        log.markToAwait(),
                        committed,
                        List.copyOf(replica.readStates),
                        mustSync);
        softStateSeen = softState;
        hardStateSeen = hardState;
        replica.readStates.clear();
        log.writesHandedOut();
        log.committedHandedOut(committed);
        invariants.check();
        return ready;
    }

    /// The log is durable up to a [Ready#logMark()]. Marks of older leaders are ignored.
    public void logDurable(long leaderTerm, long index) {
        replica.log.durable(leaderTerm, index);
        invariants.check();
    }

    /// The [Ready#snapshot()] of this index is installed, durably; it counts as applied.
    public void snapshotDurable(long index) {
        replica.log.snapshotDurable(index);
        invariants.check();
    }

    /// Everything up to `index` has been applied.
    public void applied(long index) {
        long payloadBytes = replica.log.applied(index);
        replica.uncommittedBytes = Math.max(0, replica.uncommittedBytes - payloadBytes);
        membership.maybeAutoLeave();
        invariants.check();
    }

    /// Puts a committed membership change into effect, in order with the other committed entries
    /// and before [#applied(long)] covers it. An entry of kind [EntryKind#CONF_CHANGE_SINGLE] or
    /// [EntryKind#CONF_CHANGE] that the state machine rejects is simply not passed here.
    ///
    /// @return the membership from now on, for the driver to persist with the applied index
    public ConfState applyConfChange(ConfChange change) {
        Check.that(replica.log.hasHandedOutToApply(), "a membership change is applied in its turn");
        ConfState confState = membership.apply(change);
        invariants.check();
        return confState;
    }

    public long id() {
        return config.id();
    }

    public long term() {
        return replica.term();
    }

    /// Who leads this term, or [#NONE].
    public long leader() {
        return replica.leader();
    }

    public RaftRole role() {
        return replica.role();
    }

    public HardState hardState() {
        return replica.hardState();
    }

    public long commitIndex() {
        return replica.log.commit();
    }

    public long appliedIndex() {
        return replica.log.applied();
    }

    public long firstIndex() {
        return replica.log.firstIndex();
    }

    /// The last index of the log, durable or not.
    public long lastIndex() {
        return replica.log.lastIndex();
    }

    /// Whether this leader has committed an entry of its own term, so that it knows everything
    /// committed before; false on others.
    public boolean committedInTerm() {
        return replication.committedInTerm();
    }

    public ConfState confState() {
        return ConfChanger.describe(replica.tracker.members());
    }

    /// What a leader knows of each member's log, by id; empty on others.
    public List<PeerStatus> peers() {
        if (!replica.isLeader()) {
            return List.of();
        }
        List<PeerStatus> peers = new ArrayList<>();
        replica.tracker.progress().forEach((peer, progress) -> peers.add(status(peer, progress)));
        return peers;
    }

    /// As [#proposeConfChange(ConfChange)], with the kind of entry given.
    ProposeOutcome proposeConfChange(ConfChange change, EntryKind kind) {
        ProposeOutcome outcome = proposals.proposeConfChange(change, kind);
        invariants.check();
        return outcome;
    }

    /// For tests that set the scene.
    Replica replica() {
        return replica;
    }

    private void tickFollower() {
        replica.electionElapsed++;
        if (election.isPromotable() && replica.pastElectionTimeout()) {
            replica.electionElapsed = 0;
            election.campaign();
        }
    }

    private void tickLeader() {
        replica.heartbeatElapsed++;
        replica.electionElapsed++;
        if (replica.electionElapsed >= config.electionTicks()) {
            replica.electionElapsed = 0;
            if (config.checkQuorum()) {
                checkQuorum();
            }
            // A hand-over that took this long has failed.
            replica.transferee = NONE;
        }
        if (replica.isLeader() && replica.heartbeatElapsed >= config.heartbeatTicks()) {
            replica.heartbeatElapsed = 0;
            replication.broadcastHeartbeat();
        }
    }

    /// A leader that a quorum does not answer cannot commit and must not keep clients waiting.
    private void checkQuorum() {
        if (!replica.tracker.quorumActive()) {
            replica.becomeFollower(replica.term(), NONE);
            return;
        }
        replica.tracker
                .progress()
                .forEach((peer, progress) -> progress.setActive(peer == replica.id));
    }

    private SoftState softState() {
        return new SoftState(replica.leader(), replica.role());
    }

    private PeerStatus status(long peer, Progress progress) {
        return new PeerStatus(
                peer,
                replica.tracker.members().isLearner(peer),
                progress.match(),
                progress.next(),
                progress.isActive(),
                progress.state() == ProgressState.SNAPSHOT);
    }
}
