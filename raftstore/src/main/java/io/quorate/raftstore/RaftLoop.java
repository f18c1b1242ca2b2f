package io.quorate.raftstore;

import io.quorate.common.env.Env;
import io.quorate.common.env.Mailbox;
import io.quorate.common.env.Tasks;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.log.EntryCache;
import io.quorate.raftstore.snapshot.SnapshotFiles;
import io.quorate.raftstore.wire.GroupMessages;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The thread of one shard: it owns the cores and log indexes of the shard's groups.
///
/// One round: take what arrived and step the cores; tick them if it is time; then collect, over all
/// groups that have something to do, the messages (sent at once) and the writes (handed to the log
/// writer as one task).
final class RaftLoop {
    private static final int EVENTS_MAX = 4096;

    /// Every so many ticks the loop looks whether the log can be shortened.
    static final int TICKS_PER_LOOK_AT_LOG = 10;

    private final Env env;
    private final RaftStoreConfig config;
    private final int number;
    private final LogWriter writer;
    private final SnapshotFiles files;

    /// Told of replicas of which nothing is left.
    private final Consumer<Replica> forgotten;

    private final EntryCache cache;
    private final long tickNanos;
    private final Mailbox<LoopEvent> mailbox = new Mailbox<>();
    private final TreeMap<GroupId, Replica> replicas = new TreeMap<>();
    private final List<Replica> dirty = new ArrayList<>();
    private final Outgoing outgoing = new Outgoing();
    private long ticks;
    private boolean stopping;
    private volatile boolean stopped;

    RaftLoop(
            Env env,
            RaftStoreConfig config,
            int number,
            LogWriter writer,
            SnapshotFiles files,
            Consumer<Replica> forgotten) {
        this.env = env;
        this.config = config;
        this.number = number;
        this.writer = writer;
        this.files = files;
        this.forgotten = forgotten;
        this.cache = new EntryCache(config.entryCacheBytesMax() / config.shards());
        this.tickNanos = config.tickMillis() * 1_000_000L;
    }

    Tasks.Task start() {
        return env.tasks().startLoop("raft-" + number, this::run);
    }

    /// For any thread.
    void post(LoopEvent event) {
        mailbox.post(event);
    }

    void stop() {
        post(new LoopEvent.Stop());
    }

    /// For any thread: whether what was posted may never be looked at.
    boolean isStopped() {
        return stopped;
    }

    /// Where the shard's groups keep their newest entries.
    EntryCache cache() {
        return cache;
    }

    private void run() {
        try {
            loop();
        } catch (RuntimeException | Error e) {
            env.halt("a Raft loop failed", e);
        } finally {
            closeAll();
        }
    }

    private void loop() {
        List<LoopEvent> events = new ArrayList<>();
        long nextTick = env.clock().nanos() + tickNanos;
        while (!stopping) {
            events.clear();
            long waitNanos = Math.max(0, nextTick - env.clock().nanos());
            mailbox.drain(env, events, EVENTS_MAX, waitNanos);
            for (LoopEvent event : events) {
                handle(event);
            }
            long now = env.clock().nanos();
            if (now - nextTick >= 0) {
                tick();
                // Ticks missed while the thread did not run are not made up for: a node that was
                // suspended must not believe that everybody else was silent.
                nextTick = now + tickNanos;
            }
            finishRound();
        }
    }

    private void handle(LoopEvent event) {
        switch (event) {
            case LoopEvent.Opened opened -> {
                replicas.put(opened.replica().id(), opened.replica());
                touched(opened.replica());
            }
            case LoopEvent.Proposed proposed -> {
                proposed.replica().propose(proposed);
                touched(proposed.replica());
            }
            case LoopEvent.ReadAsked read -> {
                read.replica().read(read.promise());
                touched(read.replica());
            }
            case LoopEvent.TransferAsked transfer -> {
                transfer.replica().transfer(transfer.target());
                touched(transfer.replica());
            }
            case LoopEvent.MembersAsked asked -> {
                asked.replica().changeMembers(asked);
                touched(asked.replica());
            }
            case LoopEvent.Received received -> {
                for (GroupMessages group : received.batch().groups()) {
                    receive(group);
                }
            }
            case LoopEvent.Written written -> {
                for (WriteTask.Release release : written.task().releases()) {
                    if (release.destroyed()) {
                        gone(release.replica());
                    } else {
                        release.replica().written(release, outgoing);
                        touched(release.replica());
                    }
                }
            }
            case LoopEvent.Applied applied -> {
                applied.replica().applied(applied.appliedIndex(), applied.durableIndex());
                touched(applied.replica());
            }
            case LoopEvent.SnapshotTaken taken -> taken.replica().snapshotTaken(taken.source());
            case LoopEvent.SnapshotSent sent -> {
                sent.replica().snapshotSent(sent.peer(), sent.received());
                touched(sent.replica());
            }
            case LoopEvent.SnapshotArrived arrived -> arrived(arrived);
            case LoopEvent.Installed installed -> {
                installed.replica().installed(installed.key(), outgoing);
                touched(installed.replica());
            }
            case LoopEvent.Removed removed -> {
                Replica replica = replicas.get(removed.group());
                if (replica != null) {
                    replica.removed(removed.index());
                    touched(replica);
                }
            }
            case LoopEvent.NewcomerHeard heard -> {
                Replica replica = replicas.get(heard.group());
                if (replica != null) {
                    replica.heardNewcomer(heard.from());
                    touched(replica);
                }
            }
            case LoopEvent.MachineDestroyed of -> {
                of.replica().machineDestroyed();
                touched(of.replica());
            }
            case LoopEvent.Stop _ -> stopping = true;
        }
    }

    private void gone(Replica replica) {
        replicas.remove(replica.id());
        dirty.remove(replica);
        forgotten.accept(replica);
    }

    private void arrived(LoopEvent.SnapshotArrived arrived) {
        Replica replica = replicas.get(arrived.group());
        if (replica != null) {
            replica.snapshotArrived(arrived.install());
            touched(replica);
        }
    }

    /// Deletes a snapshot's file, elsewhere: this thread does not wait for disks.
    void drop(Key key) {
        env.tasks().start("drop-snapshot", () -> files.delete(key));
    }

    private void receive(GroupMessages messages) {
        Replica replica = replicas.get(messages.group());
        if (replica != null) {
            replica.receive(messages);
            touched(replica);
        }
    }

    private void tick() {
        ticks++;
        boolean look = ticks % TICKS_PER_LOOK_AT_LOG == 0;
        for (Replica replica : replicas.values()) {
            replica.tick(config.electionTicks());
            if (look) {
                replica.look();
            }
            touched(replica);
        }
    }

    private void touched(Replica replica) {
        if (replica.markDirty()) {
            dirty.add(replica);
        }
    }

    private void finishRound() {
        WriteTask task = new WriteTask(this);
        for (Replica replica : dirty) {
            replica.work(outgoing, task);
        }
        dirty.clear();
        outgoing.flush(env.network());
        if (!task.isEmpty()) {
            writer.post(task);
        }
    }

    /// Nobody who waits is left without an answer: whoever posts after this sees `stopped`.
    private void closeAll() {
        stopped = true;
        List<LoopEvent> late = new ArrayList<>();
        while (mailbox.drain(env, late, EVENTS_MAX, 0) > 0) {
            for (LoopEvent event : late) {
                switch (event) {
                    case LoopEvent.Proposed proposed -> proposed.replica().propose(proposed);
                    case LoopEvent.ReadAsked read -> read.replica().read(read.promise());
                    case LoopEvent.Opened opened ->
                            replicas.put(opened.replica().id(), opened.replica());
                    case LoopEvent.MembersAsked asked ->
                            asked.promise().complete(new ProposeResult.NotLeader(null));
                    case LoopEvent.SnapshotTaken taken ->
                            taken.replica().snapshotTaken(taken.source());
                    case LoopEvent.TransferAsked _,
                            LoopEvent.Received _,
                            LoopEvent.Written _,
                            LoopEvent.Applied _,
                            LoopEvent.SnapshotSent _,
                            LoopEvent.SnapshotArrived _,
                            LoopEvent.Installed _,
                            LoopEvent.Removed _,
                            LoopEvent.NewcomerHeard _,
                            LoopEvent.MachineDestroyed _,
                            LoopEvent.Stop _ -> {
                        // Nobody waits for these.
                    }
                }
            }
            late.clear();
        }
        replicas.values().forEach(Replica::close);
    }
}
