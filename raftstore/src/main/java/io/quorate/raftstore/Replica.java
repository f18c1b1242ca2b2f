package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.GroupStatus;
import io.quorate.raftstore.api.MemberChange;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.SnapshotConfig;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.api.StateMachine;
import io.quorate.raftstore.log.EntriesItem;
import io.quorate.raftstore.log.GroupLog;
import io.quorate.raftstore.raft.ConfChange;
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
import io.quorate.raftstore.snapshot.Members;
import io.quorate.raftstore.snapshot.SnapshotFiles;
import io.quorate.raftstore.snapshot.SnapshotSender;
import io.quorate.raftstore.wire.GroupMessages;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One replica of a group: the core, its log, and who waits for what. The methods of [RaftGroup] are
/// for everybody and only post to the loop; all others, where not said otherwise, are the loop's.
final class Replica implements RaftGroup, Comparable<Replica> {
    /// Proposals that arrive together are handed to the core together, about this much at a time: a
    /// part may then be taken when not all can be.
    private static final long PROPOSE_BYTES_MAX = 256 << 10;

    /// After so many looks at a log that is kept only because the state machine has not made durable
    /// what it applied, it is asked to.
    private static final int LOOKS_BEFORE_FLUSH = 60;

    private final GroupId id;
    private final @Nullable NodeId eager;
    private final StateMachine stateMachine;
    private final RaftLoop loop;
    private final Applier applier;
    private final Surroundings around;
    private final GroupLog log;
    private final Raft raft;
    private final LogRetention retention;
    private final ReplicaSnapshots snapshots;
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
    private long compactedToWrite;
    private long durableIndex;
    private int looksForFlush;

    /// The snapshot whose end is to be noted in the log.
    private @Nullable Key endedToWrite;

    private Membership members;
    private int ticksSinceOpened;
    private boolean dirty;
    private volatile long appliedIndex;
    private volatile GroupStatus status;

    /// What a replica uses of its store.
    record Surroundings(
            StoreMetrics metrics,
            SnapshotConfig config,
            SnapshotSender sender,
            SnapshotFiles files,
            long lookMillis) {}

    /// @param eager who should lead first; null if nobody in particular
    Replica(
            GroupId id,
            @Nullable NodeId eager,
            StateMachine stateMachine,
            RaftLoop loop,
            Applier applier,
            Surroundings around,
            Opening opening) {
        this.id = id;
        this.eager = eager;
        this.stateMachine = stateMachine;
        this.loop = loop;
        this.applier = applier;
        this.around = around;
        this.log = opening.log();
        this.raft = opening.raft();
        this.retention = new LogRetention(around.config(), around.lookMillis());
        this.snapshots = new ReplicaSnapshots(log);
        this.members = Members.of(raft.confState());
        this.appliedIndex = opening.appliedIndex();
        this.endedToWrite = opening.reinstalled();
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
    public Promise<ProposeResult> changeMembers(long expectedTerm, MemberChange change) {
        Promise<ProposeResult> promise = new Promise<>();
        loop.post(new LoopEvent.MembersAsked(this, expectedTerm, change, promise));
        if (loop.isStopped()) {
            promise.complete(new ProposeResult.NotLeader(null));
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

    /// The log up to here is not needed by any member that is waited for.
    long unneededIndex() {
        return retention.unneededIndex();
    }

    /// For any thread: the members of the group as far as applied here.
    Membership members() {
        return status.members();
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
            if (raft.leader() == Raft.NONE && eager != null && eager.value() == raft.id()) {
                raft.campaign();
            }
        }
    }

    void receive(GroupMessages batch) {
        retention.heard(batch.unneededIndex());
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

    void changeMembers(LoopEvent.MembersAsked asked) {
        if (leadingTerm == 0 || asked.expectedTerm() != leadingTerm) {
            asked.promise().complete(new ProposeResult.NotLeader(leader()));
            return;
        }
        if (asked.change().adds() && log.firstIndex() == 1) {
            // Who is new must not be filled from the log alone: it does not say who was there first.
            applier.post(new Applier.Work.MakeDurable(this));
            asked.promise().complete(new ProposeResult.Busy());
            return;
        }
        switch (raft.proposeConfChange(MemberChanges.toCore(asked.change()))) {
            case ProposeOutcome.Appended(long term, long index) ->
                    proposals.add(index, term, asked.promise());
            case ProposeOutcome.Refused(ProposeOutcome.Reason reason) ->
                    asked.promise().complete(refusal(reason));
            case ProposeOutcome.Forwarded _ ->
                    throw Check.unreachable("this store does not let followers pass proposals on");
        }
    }

    /// What was handed to the log writer is durable: others may be told, unless it tells of a snapshot
    /// that is not installed yet.
    void written(WriteTask.Release release, Outgoing outgoing) {
        if (release.begun() != null) {
            log.beganSnapshot(release.begun().index(), release.begun().term());
            applier.post(new Applier.Work.Install(this, release.begun()));
        }
        if (release.ended() != null) {
            log.endedSnapshot(release.ended().index());
            loop.drop(release.ended());
        }
        if (release.entries() != null) {
            log.appended(release.entries());
        }
        if (snapshots.isInstalling()) {
            snapshots.hold(release.gated());
        } else {
            pass(release.gated(), outgoing);
        }
        if (release.mark() != null) {
            raft.logDurable(release.mark().leaderTerm(), release.mark().index());
        }
    }

    private void pass(List<Message> gated, Outgoing outgoing) {
        for (Message message : gated) {
            if (message.to() == raft.id()) {
                raft.step(message);
            } else {
                outgoing.add(this, message);
            }
        }
    }

    /// The state machine went on. What it holds durably, and no member needs any more, leaves the log.
    void applied(long index, long durable) {
        if (snapshots.isInstalling()) {
            return;
        }
        if (index > raft.appliedIndex()) {
            raft.applied(index);
        }
        reads.applied(index);
        Check.that(durable <= index, "durable to %d, applied to %d", durable, index);
        durableIndex = durable;
        long unneeded = Math.min(durable, retention.unneededIndex());
        if (unneeded >= log.firstIndex()) {
            log.compacted(unneeded, log.term(unneeded));
            compactedToWrite = unneeded;
        }
    }

    /// Now and then: finds out how much of the log is still needed.
    void look() {
        List<PeerStatus> peers = raft.peers();
        if (!peers.isEmpty()) {
            retention.look(peers, log);
            snapshots.look();
        }
        long kept = Math.min(retention.unneededIndex(), appliedIndex);
        if (snapshots.isInstalling() || kept < log.firstIndex()) {
            looksForFlush = 0;
            return;
        }
        looksForFlush++;
        boolean flush =
                durableIndex < kept
                        && (looksForFlush > LOOKS_BEFORE_FLUSH
                                || log.bytes() > around.config().logBytesKept());
        applier.post(
                flush ? new Applier.Work.MakeDurable(this) : new Applier.Work.AskDurable(this));
    }

    /// A picture of the state that was asked for; null if there is none now.
    void snapshotTaken(@Nullable SnapshotSource source) {
        snapshots.taken(source, leadingTerm != 0);
    }

    /// A snapshot reached a member, or did not.
    void snapshotSent(long peer, boolean received) {
        raft.reportSnapshot(peer, received);
    }

    /// A whole snapshot lies here for this replica.
    void snapshotArrived(Message.InstallSnapshot install) {
        Key key = new Key(id, install.snapshot().index(), install.snapshot().term());
        if (snapshots.isInstalling(key) || install.to() != raft.id()) {
            return;
        }
        if (snapshots.arrive(key)) {
            raft.step(install);
        } else {
            loop.drop(key);
        }
    }

    /// The state machine was replaced by a snapshot, durably.
    void installed(Key key, Outgoing outgoing) {
        pass(snapshots.end(), outgoing);
        appliedIndex = key.index();
        durableIndex = key.index();
        members = Members.of(raft.confState());
        raft.snapshotDurable(key.index());
        endedToWrite = key;
        follow();
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
        Key unwanted = snapshots.takeUnwanted();
        if (unwanted != null) {
            loop.drop(unwanted);
        }
        if (snapshots.mustAsk()) {
            applier.post(new Applier.Work.TakeSnapshot(this, members));
        }
        if (endedToWrite != null) {
            task.batch().endSnapshot(id, endedToWrite.index());
            task.releases().add(WriteTask.Release.ofEnd(this, endedToWrite));
            endedToWrite = null;
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
        snapshots.drop();
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
        around.metrics().proposals().add(together.size());
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
            case TOO_MUCH_UNCOMMITTED, TRANSFERRING, CONF_CHANGE_REFUSED -> new ProposeResult.Busy();
            case NO_LEADER, NOT_A_MEMBER ->
                    new ProposeResult.NotLeader(leader());
        };
    }

    private void handOn(Ready ready, Outgoing outgoing, WriteTask task) {
        for (Message message : ready.messages()) {
            if (message instanceof Message.InstallSnapshot install) {
                send(install);
            } else {
                outgoing.add(this, message);
            }
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

    private void send(Message.InstallSnapshot install) {
        around.sender()
                .start(
                        new SnapshotSender.Transfer(
                                id,
                                install,
                                snapshots.promisedFor(install),
                                () -> status.leading() && status.term() == install.term(),
                                received ->
                                        loop.post(
                                                new LoopEvent.SnapshotSent(
                                                        this, install.to(), received))));
    }

    private void handToWriter(Ready ready, WriteTask task) {
        if (ready.hardState() != null) {
            hardStateToWrite = ready.hardState();
        }
        if (compactedToWrite > 0) {
            task.batch().compact(id, compactedToWrite, log.term(compactedToWrite));
            compactedToWrite = 0;
        }
        Key begun = null;
        if (ready.snapshot() != null) {
            begun = snapshots.begin(ready.snapshot());
            task.batch().beginSnapshot(id, begun.index(), begun.term());
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
        if (begun != null
                || entries != null
                || !ready.gated().isEmpty()
                || ready.logMark() != null) {
            task.releases()
                    .add(
                            new WriteTask.Release(
                                    this, begun, entries, ready.gated(), ready.logMark(), null));
        }
    }

    private void handToApplier(List<Entry> committed) {
        List<CommittedEntry> entries = new ArrayList<>(committed.size());
        List<@Nullable Promise<ProposeResult>> promises = new ArrayList<>(committed.size());
        boolean ownTerm = false;
        for (Entry entry : committed) {
            entries.add(
                    entry.kind() == EntryKind.NORMAL
                            ? new CommittedEntry(entry.index(), entry.term(), entry.data())
                            : changeMembers(entry));
            promises.add(proposals.take(entry, leader()));
            ownTerm |= entry.term() == leadingTerm;
        }
        applier.post(new Applier.Work.Apply(this, entries, promises));
        if (leadershipUntold && ownTerm) {
            leadershipUntold = false;
            tell(new Role.Leader(leadingTerm));
        }
    }

    /// A committed change of members takes effect in the core, in its turn.
    private CommittedEntry changeMembers(Entry entry) {
        ConfChange change = ConfChange.decode(entry.data());
        members = Members.of(raft.applyConfChange(change));
        return new CommittedEntry(entry.index(), entry.term(), ByteSlice.EMPTY, members);
    }

    private void lead() {
        Check.that(leadingTerm == 0, "loses one leadership before it gains another");
        leadingTerm = raft.term();
        leadershipUntold = true;
        around.metrics().leaderChanges().increment();
    }

    private void follow() {
        if (leadingTerm != 0) {
            leadingTerm = 0;
            leadershipUntold = false;
            proposals.abandon();
            reads.abandon(leader());
            snapshots.drop();
        }
        if (snapshots.isInstalling()) {
            // The state machine is being replaced, and is told afterwards.
            return;
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
                members);
    }
}
