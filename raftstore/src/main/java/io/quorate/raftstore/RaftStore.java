package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Tasks;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.StateMachine;
import io.quorate.raftstore.log.LogConfig;
import io.quorate.raftstore.log.RaftLog;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.snapshot.SnapshotFiles;
import io.quorate.raftstore.snapshot.SnapshotReceiver;
import io.quorate.raftstore.snapshot.SnapshotSender;
import io.quorate.raftstore.wire.Newcomer;
import io.quorate.raftstore.wire.RaftBatch;
import io.quorate.raftstore.wire.Removed;
import io.quorate.raftstore.wire.SnapshotReply;
import io.quorate.raftstore.wire.SnapshotRequest;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// All replicas of Raft groups on one node. The number of threads does not depend on the number of
/// groups.
public final class RaftStore implements Closeable {
    private final Env env;
    private final RaftStoreConfig config;
    private final RaftLog log;
    private final LogWriter writer;
    private final Tasks.Task writerTask;
    private final List<RaftLoop> loops = new ArrayList<>();
    private final List<Tasks.Task> loopTasks = new ArrayList<>();
    private final List<Applier> appliers = new ArrayList<>();
    private final List<Tasks.Task> applierTasks = new ArrayList<>();
    private final ConcurrentSkipListMap<GroupId, Replica> replicas = new ConcurrentSkipListMap<>();
    private final SnapshotFiles files;
    private final SnapshotSender sender;
    private final UnknownGroups unknown;
    private final Replica.Surroundings around;

    /// Opens the store in the node's data directory and starts its threads. Throws a
    /// [QuorateException] if the log is damaged, of a newer format, or another node's.
    public RaftStore(Env env, RaftStoreConfig config) {
        this.env = env;
        this.config = config;
        this.log =
                RaftLog.open(
                        env,
                        new LogConfig(
                                config.clusterId(),
                                config.segmentBytes(),
                                config.extentBytes(),
                                config.faults().skipLogSync()));
        this.files = new SnapshotFiles(env.disk());
        cleanSnapshots();
        this.sender = new SnapshotSender(env, config.snapshots());
        this.unknown = new UnknownGroups(env, config);
        this.around =
                new Replica.Surroundings(
                        StoreMetrics.of(env.metrics()),
                        config.snapshots(),
                        sender,
                        files,
                        env.network(),
                        (long) config.tickMillis() * RaftLoop.TICKS_PER_LOOK_AT_LOG);
        this.writer = new LogWriter(env, log, config.writeBytesMax());
        this.writerTask = writer.start();
        for (int number = 0; number < config.appliers(); number++) {
            Applier applier = new Applier(env, number, files);
            appliers.add(applier);
            applierTasks.add(applier.start());
        }
        for (int number = 0; number < config.shards(); number++) {
            RaftLoop loop = new RaftLoop(env, config, number, writer, files, this::forget);
            loops.add(loop);
            loopTasks.add(loop.start());
        }
        SnapshotReceiver receiver =
                new SnapshotReceiver(
                        env, files, config.snapshots().transfersMax(), new SnapshotInbox());
        env.network().serve(SnapshotRequest.SERVICE, (_, request) -> receiver.handle(request));
        env.network().listen(RaftBatch.TOPIC, (_, batch) -> receive(batch));
        env.network()
                .listen(
                        Newcomer.TOPIC,
                        (from, newcomer) ->
                                loopOf(newcomer.group())
                                        .post(new LoopEvent.NewcomerHeard(newcomer.group(), from)));
        env.network()
                .listen(
                        Removed.TOPIC,
                        (_, removed) ->
                                loopOf(removed.group())
                                        .post(
                                                new LoopEvent.Removed(
                                                        removed.group(), removed.index())));
    }

    /// Runs this node's replica of a group. All voters open it with the same voters, which include
    /// this node; the first of them tries to become the first leader. From now on the state machine
    /// belongs to the store.
    ///
    /// The voters are those of the group's birth: where the state machine knows of later members,
    /// those hold.
    public RaftGroup open(GroupId group, List<NodeId> voters, StateMachine stateMachine) {
        Membership born = Membership.ofVoters(voters);
        return open(group, born, voters.isEmpty() ? null : voters.getFirst(), stateMachine);
    }

    /// Runs a replica that knows nothing of its group yet, not even who belongs to it: it takes no
    /// part in anything until a leader gives it a snapshot in which it is a member.
    public RaftGroup join(GroupId group, StateMachine stateMachine) {
        return open(group, Membership.EMPTY, null, stateMachine);
    }

    /// The groups that were being given a snapshot here when the node stopped. Until they are opened,
    /// or joined, they hold up the log.
    public List<GroupId> unfinished() {
        return log.unfinished();
    }

    /// Whether the log holds entries of a group that nobody opened and that no snapshot is to replace:
    /// what this node acknowledged. Another group's entries, applied again, will make its state machine
    /// anew, and it must be opened then rather than joined.
    public boolean isAwaited(GroupId group) {
        return !log.unfinished().contains(group) && log.unopened().contains(group);
    }

    /// Tells `joiner` of groups that leaders keep sending messages of and that are not open here:
    /// because this node was made a member.
    public void onUnknownGroup(Joiner joiner) {
        unknown.tell(joiner);
    }

    /// Decides whether this node has a replica of a group.
    public interface Joiner {
        /// Called on a thread that may block. Usually answered by [RaftStore#join].
        void invited(GroupId group);
    }

    private RaftGroup open(
            GroupId group, Membership born, @Nullable NodeId eager, StateMachine stateMachine) {
        Check.that(!replicas.containsKey(group), "%s is opened once", group);
        RaftLoop loop = loopOf(group);
        Applier applier = appliers.get(Math.floorMod(group.value(), appliers.size()));
        boolean isLost =
                born.isEmpty()
                        && stateMachine.appliedIndex() == 0
                        && !log.unfinished().contains(group);
        Opening opening =
                Opening.of(
                        env,
                        config,
                        group,
                        born,
                        stateMachine,
                        isLost
                                ? log.openGroupAnew(group, loop.cache())
                                : log.openGroup(group, loop.cache()),
                        files);
        Replica replica = new Replica(group, eager, stateMachine, loop, applier, around, opening);
        replicas.put(group, replica);
        loop.post(new LoopEvent.Opened(replica));
        return replica;
    }

    /// The replica of a group on this node; null if it is not open.
    public @Nullable RaftGroup group(GroupId group) {
        return replicas.get(group);
    }

    /// Stops the threads, in the order in which work flows through them. Proposals under way end as
    /// undetermined. Nothing of the network may call in any more, or it is not listened to.
    @Override
    public void close() {
        sender.close();
        loops.forEach(RaftLoop::stop);
        loopTasks.forEach(Tasks.Task::join);
        writer.stop();
        writerTask.join();
        appliers.forEach(Applier::stop);
        applierTasks.forEach(Tasks.Task::join);
        try {
            log.close();
        } catch (IOException e) {
            throw new QuorateException(ErrorCode.IO_ERROR, "cannot close the log", e);
        }
    }

    private void forget(Replica replica) {
        replicas.remove(replica.id(), replica);
    }

    private void cleanSnapshots() {
        try {
            files.clean(log.unfinished());
        } catch (IOException e) {
            throw new QuorateException(ErrorCode.IO_ERROR, "cannot tidy up the snapshots", e);
        }
    }

    /// Takes snapshots that other stores send.
    private final class SnapshotInbox implements SnapshotReceiver.Inbox {
        @Override
        public @Nullable SnapshotReply judge(GroupId group, Message.InstallSnapshot install) {
            Replica replica = replicas.get(group);
            if (replica == null) {
                return new SnapshotReply.Refused("there is no replica of " + group + " here");
            }
            if (install.snapshot().index() <= log.tombstone(group)) {
                return new SnapshotReply.Refused(
                        "this node left " + group + " at entry " + log.tombstone(group));
            }
            if (replica.status().commitIndex() >= install.snapshot().index()) {
                return new SnapshotReply.Received();
            }
            String refusal = replica.stateMachine().refusal(install.snapshot().data());
            return refusal == null ? null : new SnapshotReply.Refused(refusal);
        }

        @Override
        public void arrived(GroupId group, Message.InstallSnapshot install) {
            loopOf(group).post(new LoopEvent.SnapshotArrived(group, install));
        }
    }

    private RaftLoop loopOf(GroupId group) {
        return loops.get(Math.floorMod(group.value(), loops.size()));
    }

    private void receive(RaftBatch batch) {
        unknown.look(batch, replicas::containsKey);
        for (RaftLoop loop : loops) {
            loop.post(new LoopEvent.Received(batch));
        }
    }
}
