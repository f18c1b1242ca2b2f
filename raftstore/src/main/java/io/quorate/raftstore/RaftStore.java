package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Tasks;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.StateMachine;
import io.quorate.raftstore.log.LogConfig;
import io.quorate.raftstore.log.RaftLog;
import io.quorate.raftstore.wire.RaftBatch;
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
    private final StoreMetrics metrics;

    /// Opens the store in the node's data directory and starts its threads. Throws a
    /// [QuorateException] if the log is damaged, of a newer format, or another node's.
    public RaftStore(Env env, RaftStoreConfig config) {
        this.env = env;
        this.config = config;
        this.metrics = StoreMetrics.of(env.metrics());
        this.log =
                RaftLog.open(
                        env,
                        new LogConfig(
                                config.clusterId(),
                                config.segmentBytes(),
                                config.extentBytes(),
                                config.faults().skipLogSync()));
        this.writer = new LogWriter(env, log, config.writeBytesMax());
        this.writerTask = writer.start();
        for (int number = 0; number < config.appliers(); number++) {
            Applier applier = new Applier(env, number);
            appliers.add(applier);
            applierTasks.add(applier.start());
        }
        for (int number = 0; number < config.shards(); number++) {
            RaftLoop loop = new RaftLoop(env, config, number, writer);
            loops.add(loop);
            loopTasks.add(loop.start());
        }
        env.network().listen(RaftBatch.TOPIC, (_, batch) -> receive(batch));
    }

    /// Runs this node's replica of a group. All voters open it with the same voters, which include
    /// this node; the first of them tries to become the first leader. From now on the state machine
    /// belongs to the store.
    public RaftGroup open(GroupId group, List<NodeId> voters, StateMachine stateMachine) {
        Check.that(voters.contains(env.node()), "a replica's node is one of the voters");
        Check.that(!replicas.containsKey(group), "%s is opened once", group);
        RaftLoop loop = loops.get(Math.floorMod(group.value(), loops.size()));
        Applier applier = appliers.get(Math.floorMod(group.value(), appliers.size()));
        Opening opening =
                Opening.of(
                        env,
                        config,
                        group,
                        voters,
                        stateMachine,
                        log.openGroup(group, loop.cache()));
        Replica replica = new Replica(group, voters, stateMachine, loop, applier, metrics, opening);
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

    private void receive(RaftBatch batch) {
        for (RaftLoop loop : loops) {
            loop.post(new LoopEvent.Received(batch));
        }
    }
}
