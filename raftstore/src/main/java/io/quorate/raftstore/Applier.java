package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.Mailbox;
import io.quorate.common.env.Promise;
import io.quorate.common.env.Tasks;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.snapshot.SnapshotFiles;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A thread that calls the state machines of its groups, in the order in which it was told to.
final class Applier {
    private static final int TASKS_MAX = 1024;
    private static final long IDLE_NANOS = 3_600_000_000_000L;

    private final Env env;
    private final SnapshotFiles files;
    private final int number;
    private final Mailbox<Work> mailbox = new Mailbox<>();
    private final List<Tasks.Task> installs = new ArrayList<>();
    private boolean stopping;

    sealed interface Work {
        /// Committed entries; `promises` says, place by place, who on this node waits for them.
        record Apply(
                Replica replica,
                List<CommittedEntry> entries,
                List<@Nullable Promise<ProposeResult>> promises)
                implements Work {}

        record ChangeRole(Replica replica, Role role) implements Work {}

        /// Asks how much of the state is durable by now.
        record AskDurable(Replica replica) implements Work {}

        /// Asks for what was applied to become durable.
        record MakeDurable(Replica replica) implements Work {}

        /// Asks for a picture of the state, with the members of the group as of everything posted
        /// before.
        record TakeSnapshot(Replica replica, Membership members) implements Work {}

        /// Replaces the state by a snapshot. It takes its time, on a thread of its own; no other work
        /// for the replica comes before that is done.
        record Install(Replica replica, Key key) implements Work {}

        /// Destroys the state of a replica that left its group.
        record Destroy(Replica replica) implements Work {}

        record Stop() implements Work {}
    }

    Applier(Env env, int number, SnapshotFiles files) {
        this.env = env;
        this.files = files;
        this.number = number;
    }

    Tasks.Task start() {
        return env.tasks().startLoop("raft-apply-" + number, this::run);
    }

    void post(Work work) {
        mailbox.post(work);
    }

    /// Ends the thread after everything posted before is done.
    void stop() {
        post(new Work.Stop());
    }

    private void run() {
        List<Work> arrived = new ArrayList<>();
        try {
            while (!stopping) {
                arrived.clear();
                mailbox.drain(env, arrived, TASKS_MAX, IDLE_NANOS);
                for (int place = 0; place < arrived.size(); ) {
                    place = handle(arrived, place);
                }
            }
        } catch (RuntimeException | Error e) {
            env.halt("a state machine failed: its state is not known to be right any more", e);
        }
        installs.forEach(Tasks.Task::join);
    }

    /// Does what stands at `place`, together with what can be joined to it; returns what is next.
    private int handle(List<Work> arrived, int place) {
        switch (arrived.get(place)) {
            case Work.Apply first -> {
                List<Work.Apply> joined = new ArrayList<>();
                joined.add(first);
                int next = place + 1;
                while (next < arrived.size()
                        && arrived.get(next) instanceof Work.Apply more
                        && more.replica() == first.replica()) {
                    joined.add(more);
                    next++;
                }
                apply(first.replica(), joined);
                return next;
            }
            case Work.ChangeRole change ->
                    change.replica().stateMachine().roleChanged(change.role());
            case Work.AskDurable ask -> report(ask.replica());
            case Work.MakeDurable flush -> {
                flush.replica().stateMachine().makeDurable();
                report(flush.replica());
            }
            case Work.TakeSnapshot take -> {
                SnapshotSource source = take.replica().stateMachine().snapshot(take.members());
                take.replica().loop().post(new LoopEvent.SnapshotTaken(take.replica(), source));
                if (take.replica().loop().isStopped()) {
                    source.close();
                }
            }
            case Work.Install install -> {
                installs.add(
                        env.tasks()
                                .start(
                                        "install-" + install.replica().id(),
                                        () -> install(install.replica(), install.key())));
            }
            case Work.Destroy destroy -> {
                destroy.replica().stateMachine().destroy();
                destroy.replica().loop().post(new LoopEvent.MachineDestroyed(destroy.replica()));
            }
            case Work.Stop _ -> stopping = true;
        }
        return place + 1;
    }

    private void apply(Replica replica, List<Work.Apply> tasks) {
        List<CommittedEntry> entries = tasks.getFirst().entries();
        if (tasks.size() > 1) {
            entries = new ArrayList<>();
            for (Work.Apply task : tasks) {
                entries.addAll(task.entries());
            }
        }
        List<Object> results = replica.stateMachine().apply(entries);
        Check.that(
                results.size() == entries.size(),
                "a state machine gives one result per entry: %d for %d",
                results.size(),
                entries.size());
        replica.appliedTo(entries.getLast().index());
        int place = 0;
        for (Work.Apply task : tasks) {
            for (@Nullable Promise<ProposeResult> promise : task.promises()) {
                if (promise != null) {
                    CommittedEntry entry = entries.get(place);
                    promise.complete(
                            new ProposeResult.Applied(
                                    entry.index(), entry.term(), results.get(place)));
                }
                place++;
            }
        }
        report(replica);
    }

    private void install(Replica replica, Key key) {
        try (SnapshotSource snapshot = files.whole(key)) {
            replica.stateMachine().install(snapshot);
        } catch (RuntimeException | Error e) {
            env.halt("a snapshot of " + key.group() + " could not be installed", e);
            return;
        }
        replica.loop().post(new LoopEvent.Installed(replica, key));
    }

    private static void report(Replica replica) {
        replica.loop()
                .post(
                        new LoopEvent.Applied(
                                replica,
                                replica.appliedIndex(),
                                replica.stateMachine().durableIndex()));
    }
}
