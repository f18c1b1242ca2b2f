package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.GroupStatus;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.StateMachine;
import io.quorate.raftstore.log.EntriesItem;
import io.quorate.raftstore.log.GroupLog;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.EntryKind;
import io.quorate.raftstore.raft.HardState;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.raft.PeerStatus;
import io.quorate.raftstore.raft.ProposeOutcome;
import io.quorate.raftstore.raft.Raft;
import io.quorate.raftstore.raft.RaftRole;
import io.quorate.raftstore.raft.ReadState;
import io.quorate.raftstore.raft.Ready;
import io.quorate.raftstore.raft.SoftState;
import io.quorate.raftstore.wire.GroupMessages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One replica of a group: the core, its log, and who waits for what. The methods of [RaftGroup] are
/// for everybody and only post to the loop; all others, where not said otherwise, are the loop's.
final class Replica implements RaftGroup, Comparable<Replica> {
    /// Proposals that arrive together are handed to the core together, about this much at a time: a
    /// part may then be taken when not all can be.
    private static final long PROPOSE_BYTES_MAX = 256 << 10;

    private final GroupId id;
    private final List<NodeId> voters;
    private final StateMachine stateMachine;
    private final RaftLoop loop;
    private final Applier applier;
    private final StoreMetrics metrics;
    private final GroupLog log;
    private final Raft raft;
    private final PendingProposals proposals = new PendingProposals();
    private final PendingReads reads = new PendingReads();
    private final List<LoopEvent.Proposed> arrived = new ArrayList<>();

    /// The newest hard state that is not with the log writer. One that only tells of a higher commit
    /// index waits for the next write: nobody was promised anything of it.
    private @Nullable HardState hardStateToWrite;

    private boolean mustWriteHardState;

    /// The term in which this replica leads; 0 if it does not.
    private long leadingTerm;

    /// Leading, but the first entry of the term is not yet with the state machine.
    private boolean leadershipUntold;

    private Role roleTold = new Role.Follower(0, null);
    private long heldByAllIndex;
    private long compactedToWrite;
    private int ticksSinceOpened;
    private boolean dirty;
    private volatile long appliedIndex;
    private volatile GroupStatus status;

    Replica(
            GroupId id,
            List<NodeId> voters,
            StateMachine stateMachine,
            RaftLoop loop,
            Applier applier,
            StoreMetrics metrics,
            Opening opening) {
        this.id = id;
        this.voters = List.copyOf(voters);
        this.stateMachine = stateMachine;
        this.loop = loop;
        this.applier = applier;
        this.metrics = metrics;
        this.log = opening.log();
        this.raft = opening.raft();
        this.appliedIndex = opening.appliedIndex();
        if (opening.logRestarted()) {
            this.compactedToWrite = opening.appliedIndex();
            this.hardStateToWrite = raft.hardState();
            this.mustWriteHardState = true;
        }
        this.status = currentStatus();
    }

    @Override
    public GroupId id() {
        return id;
    }

    @Override
    public Promise<ProposeResult> propose(long expectedTerm, ByteSlice data) {
        Check.that(!data.isEmpty(), "an empty entry is the leader's own");
        Promise<ProposeResult> promise = new Promise<>();
        loop.post(new LoopEvent.Proposed(this, expectedTerm, data, promise));
        if (loop.isStopped()) {
            promise.complete(new ProposeResult.NotLeader(null));
        }
        return promise;
    }

    @Override
    public Promise<ReadResult> readIndex() {
        Promise<ReadResult> promise = new Promise<>();
        loop.post(new LoopEvent.ReadAsked(this, promise));
        if (loop.isStopped()) {
            promise.complete(new ReadResult.NotLeader(null));
        }
        return promise;
    }

    @Override
    public void transferLeadership(NodeId target) {
        loop.post(new LoopEvent.TransferAsked(this, target));
    }

    @Override
    public GroupStatus status() {
        return status;
    }

    @Override
    public int compareTo(Replica other) {
        return id.compareTo(other.id);
    }

    /// For any thread.
    RaftLoop loop() {
        return loop;
    }

    /// For the applier, which is the only one to call it.
    StateMachine stateMachine() {
        return stateMachine;
    }

    /// For any thread.
    long appliedIndex() {
        return appliedIndex;
    }

    /// For the applier: before anybody is told of a result.
    void appliedTo(long index) {
        Check.that(index > appliedIndex, "applies %d after %d", index, appliedIndex);
        appliedIndex = index;
    }

    long heldByAllIndex() {
        return heldByAllIndex;
    }

    /// Notes that there may be work; true if that was not known.
    boolean markDirty() {
        boolean first = !dirty;
        dirty = true;
        return first;
    }

    /// One tick. The first of the voters tries to lead as soon as the group is opened, so that a new
    /// group need not wait for an election timeout; pre-votes make that harmless where there is a
    /// leader.
    void tick(int eagerTicks) {
        raft.tick();
        if (ticksSinceOpened < eagerTicks) {
            ticksSinceOpened++;
            if (raft.leader() == Raft.NONE && voters.getFirst().value() == raft.id()) {
                raft.campaign();
            }
        }
    }

    void receive(GroupMessages batch) {
        heldByAllIndex = Math.max(heldByAllIndex, batch.heldByAllIndex());
        for (Message message : batch.messages()) {
            if (message.to() == raft.id()) {
                raft.step(message);
            }
        }
    }

    void propose(LoopEvent.Proposed proposal) {
        arrived.add(proposal);
    }

    void read(Promise<ReadResult> promise) {
        if (leadingTerm == 0) {
            promise.complete(new ReadResult.NotLeader(leader()));
        } else {
            reads.add(promise);
        }
    }

    void transfer(NodeId target) {
        raft.transferLeadership(target.value());
    }

    /// What was handed to the log writer is durable: others may be told.
    void written(WriteTask.Release release, Outgoing outgoing) {
        if (release.entries() != null) {
            log.appended(release.entries());
        }
        for (Message message : release.gated()) {
            if (message.to() == raft.id()) {
                raft.step(message);
            } else {
                outgoing.add(this, message);
            }
        }
        if (release.mark() != null) {
            raft.logDurable(release.mark().leaderTerm(), release.mark().index());
        }
    }

    /// The state machine went on. What it holds durably, and no voter needs any more, leaves the
    /// log.
    void applied(long index, long durableIndex) {
        if (index > raft.appliedIndex()) {
            raft.applied(index);
        }
        reads.applied(index);
        Check.that(durableIndex <= index, "durable to %d, applied to %d", durableIndex, index);
        long unneeded = Math.min(durableIndex, heldByAllIndex);
        if (unneeded >= log.firstIndex()) {
            log.compacted(unneeded, log.term(unneeded));
            compactedToWrite = unneeded;
        }
    }

    /// Now and then: finds out how much of the log is still needed.
    void askWhatIsDurable() {
        List<PeerStatus> peers = raft.peers();
        if (!peers.isEmpty()) {
            long held = Long.MAX_VALUE;
            for (PeerStatus peer : peers) {
                held = Math.min(held, peer.match());
            }
            heldByAllIndex = Math.max(heldByAllIndex, held);
        }
        if (Math.min(heldByAllIndex, appliedIndex) >= log.firstIndex()) {
            applier.post(new Applier.Work.AskDurable(this));
        }
    }

    /// Hands on all that the core wants done.
    void work(Outgoing outgoing, WriteTask task) {
        dirty = false;
        proposeArrived();
        if (reads.hasArrived() && leadingTerm != 0) {
            raft.readIndex(reads.ask());
        }
        while (raft.hasReady()) {
            handOn(raft.ready(), outgoing, task);
        }
        if (compactedToWrite > 0) {
            task.batch().compact(id, compactedToWrite, log.term(compactedToWrite));
            compactedToWrite = 0;
        }
        status = currentStatus();
    }

    /// The store stops.
    void close() {
        arrived.forEach(each -> each.promise().complete(new ProposeResult.NotLeader(null)));
        arrived.clear();
        proposals.abandon();
        reads.close();
    }

    private void proposeArrived() {
        if (arrived.isEmpty()) {
            return;
        }
        List<LoopEvent.Proposed> together = new ArrayList<>(arrived.size());
        long bytes = 0;
        for (LoopEvent.Proposed proposal : arrived) {
            if (leadingTerm == 0 || proposal.expectedTerm() != leadingTerm) {
                proposal.promise().complete(new ProposeResult.NotLeader(leader()));
                continue;
            }
            together.add(proposal);
            bytes += proposal.data().length();
            if (bytes >= PROPOSE_BYTES_MAX) {
                propose(together);
                together.clear();
                bytes = 0;
            }
        }
        if (!together.isEmpty()) {
            propose(together);
        }
        arrived.clear();
    }

    private void propose(List<LoopEvent.Proposed> together) {
        List<ByteSlice> payloads = new ArrayList<>(together.size());
        for (LoopEvent.Proposed proposal : together) {
            payloads.add(proposal.data());
        }
        metrics.proposals().add(together.size());
        switch (raft.propose(payloads)) {
            case ProposeOutcome.Appended(long term, long firstIndex) -> {
                long index = firstIndex;
                for (LoopEvent.Proposed proposal : together) {
                    proposals.add(index, term, proposal.promise());
                    index++;
                }
            }
            case ProposeOutcome.Refused(ProposeOutcome.Reason reason) -> {
                ProposeResult refusal = refusal(reason);
                together.forEach(each -> each.promise().complete(refusal));
            }
            case ProposeOutcome.Forwarded _ ->
                    throw Check.unreachable("this store does not let followers pass proposals on");
        }
    }

    private ProposeResult refusal(ProposeOutcome.Reason reason) {
        return switch (reason) {
            case TOO_MUCH_UNCOMMITTED, TRANSFERRING -> new ProposeResult.Busy();
            case NO_LEADER, NOT_A_MEMBER, CONF_CHANGE_REFUSED ->
                    new ProposeResult.NotLeader(leader());
        };
    }

    private void handOn(Ready ready, Outgoing outgoing, WriteTask task) {
        Check.that(ready.snapshot() == null, "nobody sends snapshots yet");
        for (Message message : ready.messages()) {
            outgoing.add(this, message);
        }
        handToWriter(ready, task);
        SoftState soft = ready.softState();
        if (soft != null && soft.role() == RaftRole.LEADER) {
            lead();
        }
        for (ReadState read : ready.readStates()) {
            reads.confirm(read.context(), read.index());
        }
        reads.applied(appliedIndex);
        if (!ready.committed().isEmpty()) {
            handToApplier(ready.committed());
        }
        if (soft != null && soft.role() != RaftRole.LEADER) {
            follow();
        }
    }

    private void handToWriter(Ready ready, WriteTask task) {
        if (ready.hardState() != null) {
            hardStateToWrite = ready.hardState();
        }
        if (compactedToWrite > 0) {
            task.batch().compact(id, compactedToWrite, log.term(compactedToWrite));
            compactedToWrite = 0;
        }
        EntriesItem entries = null;
        if (!ready.entries().isEmpty()) {
            entries = task.batch().append(id, ready.entries());
        }
        if (hardStateToWrite != null && (ready.mustSync() || mustWriteHardState)) {
            task.batch().hardState(id, hardStateToWrite);
            hardStateToWrite = null;
            mustWriteHardState = false;
        }
        if (entries != null || !ready.gated().isEmpty() || ready.logMark() != null) {
            task.releases()
                    .add(new WriteTask.Release(this, entries, ready.gated(), ready.logMark()));
        }
    }

    private void handToApplier(List<Entry> committed) {
        List<CommittedEntry> entries = new ArrayList<>(committed.size());
        List<@Nullable Promise<ProposeResult>> promises = new ArrayList<>(committed.size());
        boolean ownTerm = false;
        for (Entry entry : committed) {
            Check.that(entry.kind() == EntryKind.NORMAL, "members are not changed yet");
            entries.add(new CommittedEntry(entry.index(), entry.term(), entry.data()));
            promises.add(proposals.take(entry, leader()));
            ownTerm |= entry.term() == leadingTerm;
        }
        applier.post(new Applier.Work.Apply(this, entries, promises));
        if (leadershipUntold && ownTerm) {
            leadershipUntold = false;
            tell(new Role.Leader(leadingTerm));
        }
    }

    private void lead() {
        Check.that(leadingTerm == 0, "loses one leadership before it gains another");
        leadingTerm = raft.term();
        leadershipUntold = true;
        metrics.leaderChanges().increment();
    }

    private void follow() {
        if (leadingTerm != 0) {
            leadingTerm = 0;
            leadershipUntold = false;
            proposals.abandon();
            reads.abandon(leader());
        }
        Role role = new Role.Follower(raft.term(), leader());
        if (!role.equals(roleTold)) {
            tell(role);
        }
    }

    private void tell(Role role) {
        roleTold = role;
        applier.post(new Applier.Work.ChangeRole(this, role));
    }

    private @Nullable NodeId leader() {
        long leader = raft.leader();
        return leader == Raft.NONE ? null : new NodeId(Math.toIntExact(leader));
    }

    private GroupStatus currentStatus() {
        return new GroupStatus(
                id,
                raft.term(),
                leader(),
                leadingTerm != 0,
                raft.commitIndex(),
                appliedIndex,
                raft.lastIndex(),
                voters);
    }
}
