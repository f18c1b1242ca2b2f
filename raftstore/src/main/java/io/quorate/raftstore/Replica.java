package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Network;
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
import io.quorate.raftstore.wire.Newcomer;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One replica of a group: the core, its log, and who waits for what. The methods of [RaftGroup] are
/// for everybody and only post to the loop; all others, where not said otherwise, are the loop's.
final class Replica implements RaftGroup, Comparable<Replica> {
    private static final Logger logger = LoggerFactory.getLogger(Replica.class);

    /// Proposals that arrive together are handed to the core together, about this much at a time: a
    /// part may then be taken when not all can be.
    private static final long PROPOSE_BYTES_MAX = 256 << 10;

    /// After so many looks at a log that is kept only because the state machine has not made durable
    /// what it applied, it is asked to.
    private static final int LOOKS_BEFORE_FLUSH = 60;

    /// How often a replica says that it waits for a snapshot.
    private static final int TICKS_PER_CLAIM = 5;

    /// A learner that lags by no more than so many entries may become a voter.
    private static final long PROMOTION_LAG_MAX = 128;

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
    private final FormerMembers former;
    private final Newcomers newcomers = new Newcomers();
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
    private long membersIndex;

    /// What is left in the log of an earlier replica here is noted to be gone, before anything else is
    /// written; 0 if there is nothing.
    private long destroyFirst;

    private int looksForFlush;

    /// The snapshot whose end is to be noted in the log.
    private @Nullable Key endedToWrite;

    private Membership members;

    /// As of which entry this node is no member any more; 0 while it is. From then on the replica does
    /// nothing but go.
    private long leftIndex;

    /// The state machine's data is gone; the log's is to be.
    private boolean destroyed;

    private int ticksSinceOpened;
    private int ticks;
    private boolean dirty;
    private volatile long appliedIndex;
    private volatile GroupStatus status;

    /// What a replica uses of its store.
    record Surroundings(
            StoreMetrics metrics,
            SnapshotConfig config,
            SnapshotSender sender,
            SnapshotFiles files,
            Network network,
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
        this.former = new FormerMembers(around.network(), id);
        this.members = Members.of(raft.confState());
        this.appliedIndex = opening.appliedIndex();
        this.endedToWrite = opening.reinstalled();
        this.destroyFirst = opening.destroyFirst();
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
        if (leftIndex > 0) {
            return;
        }
        raft.tick();
        ticks++;
        NodeId leader = leader();
        if (members.isEmpty() && ticks % TICKS_PER_CLAIM == 0 && leader != null) {
            around.network().send(leader, Newcomer.TOPIC, new Newcomer(id));
        }
        if (ticksSinceOpened < eagerTicks) {
            ticksSinceOpened++;
            if (raft.leader() == Raft.NONE && eager != null && eager.value() == raft.id()) {
                raft.campaign();
            }
        }
    }

    void receive(GroupMessages batch) {
        if (leftIndex > 0) {
            return;
        }
        retention.heard(batch.unneededIndex());
        for (Message message : batch.messages()) {
            if (message.to() == raft.id()) {
                receive(message);
            }
        }
    }

    private void receive(Message message) {
        if (members.isEmpty()) {
            receiveAsNewcomer(message);
            return;
        }
        if (message instanceof Message.VoteRequest) {
            NodeId candidate = new NodeId(Math.toIntExact(message.from()));
            if (!members.contains(candidate)) {
                former.tell(candidate, Math.max(appliedIndex, membersIndex));
            }
        }
        raft.step(message);
    }

    /// Whoever waits for its first snapshot may have been here before, and have promised what it does not
    /// know any more: it gives no vote, and takes nobody's word for what it has. Nor is it filled from
    /// the beginning of the log, which does not say who belonged to the group at first.
    private void receiveAsNewcomer(Message message) {
        if (message instanceof Message.Append append && append.index() > 0) {
            raft.step(message);
        } else if (message instanceof Message.Heartbeat heartbeat) {
            raft.step(
                    new Message.Heartbeat(
                            heartbeat.from(),
                            heartbeat.to(),
                            heartbeat.term(),
                            Math.min(heartbeat.commit(), raft.lastIndex()),
                            heartbeat.readRound()));
        }
    }

    /// A member says that it knows nothing of the group.
    void heardNewcomer(NodeId node) {
        if (leadingTerm == 0) {
            return;
        }
        for (PeerStatus peer : raft.peers()) {
            if (peer.peer() == node.value() && newcomers.mustLeave(peer)) {
                ProposeOutcome outcome =
                        raft.proposeConfChange(
                                ConfChange.of(ConfChange.ChangeKind.REMOVE, peer.peer()));
                logger.info(
                        "member lost its replica group={} node={} outcome={}", id, node, outcome);
            }
        }
    }

    /// Somebody says that this node is no member as of an entry. Where the log here goes further, it may
    /// have become one again since, and what it acknowledged may count.
    void removed(long index) {
        if (!members.isEmpty() && raft.lastIndex() <= index && !snapshots.isInstalling()) {
            leave(index);
        }
    }

    private void leave(long index) {
        if (leftIndex > 0) {
            return;
        }
        leftIndex = index;
        close();
        follow();
        status = currentStatus();
        applier.post(new Applier.Work.Destroy(this));
    }

    /// The state machine's data is gone, durably.
    void machineDestroyed() {
        destroyed = true;
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
        if (leftIndex > 0 || leadingTerm == 0 || asked.expectedTerm() != leadingTerm) {
            asked.promise().complete(new ProposeResult.NotLeader(leader()));
            return;
        }
        if (asked.change().adds() && log.firstIndex() == 1) {
            // Who is new must not be filled from the log alone: it does not say who was there
            // first.
            applier.post(new Applier.Work.MakeDurable(this));
            asked.promise().complete(new ProposeResult.Busy());
            return;
        }
        if (!isReady(asked.change())) {
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

    /// Only a learner that is almost up to date becomes a voter: one that is not would leave a group in
    /// which the next failure stops everything.
    private boolean isReady(MemberChange change) {
        for (MemberChange.Part part : change.parts()) {
            boolean ready =
                    part.kind() != MemberChange.Kind.ADD_VOTER
                            || members.voters().contains(part.node())
                            || raft.peers().stream()
                                    .anyMatch(peer ->
                                            peer.peer() == part.node().value()
                                                    && peer.active()
                                                    && peer.match() > 0
                                                    && peer.match() + PROMOTION_LAG_MAX
                                                            >= raft.lastIndex());
            if (!ready) {
                return false;
            }
        }
        return true;
    }

    /// What was handed to the log writer is durable: others may be told, unless it tells of a snapshot
    /// that is not installed yet.
    void written(WriteTask.Release release, Outgoing outgoing) {
        if (leftIndex > 0) {
            return;
        }
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
        if (snapshots.isInstalling() || leftIndex > 0) {
            return;
        }
        if (index > raft.appliedIndex()) {
            raft.applied(index);
        }
        reads.applied(index);
        if (!members.isEmpty()
                && !members.contains(new NodeId(Math.toIntExact(raft.id())))
                && index == raft.lastIndex()) {
            leave(index);
            return;
        }
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
        if (leftIndex > 0) {
            return;
        }
        former.look(Math.max(appliedIndex, membersIndex));
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
        if (leftIndex > 0) {
            loop.drop(key);
            return;
        }
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
        if (leftIndex > 0) {
            close();
            if (destroyed) {
                task.batch().destroy(id, leftIndex);
                task.releases().add(WriteTask.Release.ofDestruction(this));
                destroyed = false;
            }
            return;
        }
        if (destroyFirst > 0) {
            task.batch().destroy(id, destroyFirst);
            task.batch().hardState(id, raft.hardState());
            destroyFirst = 0;
        }
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
            case TOO_MUCH_UNCOMMITTED, TRANSFERRING, CONF_CHANGE_REFUSED ->
                    new ProposeResult.Busy();
            case NO_LEADER, NOT_A_MEMBER -> new ProposeResult.NotLeader(leader());
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
                                    this,
                                    begun,
                                    entries,
                                    ready.gated(),
                                    ready.logMark(),
                                    null,
                                    false));
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
        Membership before = members;
        members = Members.of(raft.applyConfChange(change));
        membersIndex = entry.index();
        former.changed(before, members);
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
            newcomers.forget();
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
