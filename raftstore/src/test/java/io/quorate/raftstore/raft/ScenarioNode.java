package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One replica of a scenario with its storage, its state machine (which remembers everything, so
/// that any applied index has a snapshot) and, in the asynchronous mode, the work of its two
/// threads.
///
/// In the synchronous mode a Ready is written, applied and acknowledged while it is handled, and
/// gated messages leave with the others.
final class ScenarioNode {
    /// Something on its way to a node: a message, or an acknowledgement from one of its threads.
    ///
    /// @param local whether it never leaves the node and so is never lost
    record Mail(long to, String kind, String text, boolean local, Delivery delivery) {}

    /// Hands mail to the node it is for. Returns what goes wrong, if anything.
    interface Delivery {
        String to(ScenarioNode node);
    }

    /// Work for a thread: what it is, how it is done, and what is to be delivered afterwards.
    private record Work(String text, Runnable action, List<Mail> responses) {}

    private static final long INDEX_TERM = 1;

    final long id;
    Raft raft;
    final MemoryStorage storage;
    final boolean holdsLeases;
    private final boolean asynchronous;
    private final Consumer<Mail> post;
    private final ArrayDeque<Work> appendWork = new ArrayDeque<>();
    private final ArrayDeque<Work> applyWork = new ArrayDeque<>();
    private final RaftConfig.Builder config;
    private Snapshot latest;
    private HardState written;
    private HardState lastHardState;

    /// @param config what the scenario asked for, without the applied index
    /// @param start what the group starts from; an empty one for a replica that knows nothing
    /// @param post takes what this node sends
    ScenarioNode(
            RaftConfig.Builder config,
            Snapshot start,
            boolean asynchronous,
            boolean holdsLeases,
            Consumer<Mail> post) {
        this.config = config;
        this.asynchronous = asynchronous;
        this.holdsLeases = holdsLeases;
        this.post = post;
        this.latest = start;
        this.storage = new MemoryStorage(() -> latest);
        if (start.index() > 0) {
            storage.restartAt(start.index(), INDEX_TERM);
        }
        this.written = new HardState(0, 0, start.index(), 0);
        this.raft = start();
        this.id = raft.id();
        this.lastHardState = raft.hardState();
    }

    /// Stops at once and starts again from what was written.
    void restart() {
        appendWork.clear();
        applyWork.clear();
        raft = start();
        lastHardState = raft.hardState();
    }

    Snapshot latestSnapshot() {
        return latest;
    }

    boolean hasAppendWork() {
        return !appendWork.isEmpty();
    }

    boolean hasApplyWork() {
        return !applyWork.isEmpty();
    }

    /// Handles a Ready; returns it in writing.
    String processReady() {
        if (!raft.hasReady()) {
            return "<empty Ready>";
        }
        Ready ready = raft.ready();
        boolean mustSync =
                !ready.entries().isEmpty()
                        || (ready.hardState() != null && isNewPromise(ready.hardState()));
        HardState hardState = changedHardState(ready);
        List<String> messages = new ArrayList<>();
        for (Message message : ready.messages()) {
            messages.add(Transcript.message(message));
            post.accept(mail(message));
        }
        if (asynchronous) {
            messages.addAll(queueWork(ready, hardState));
        } else {
            for (Message message : ready.gated()) {
                if (message.to() != id) {
                    messages.add(Transcript.message(message));
                    post.accept(mail(message));
                }
            }
        }
        String text = describe(ready, mustSync, hardState, messages);
        if (!asynchronous) {
            finishNow(ready);
        }
        return text;
    }

    /// Does the oldest work of the append thread; returns it in writing.
    String processAppend() {
        return process(appendWork, "no append work to perform");
    }

    /// Does the oldest work of the apply thread; returns it in writing.
    String processApply() {
        return process(applyWork, "no apply work to perform");
    }

    /// Takes a message from the network. Returns what goes wrong with it, if anything.
    String receive(Message message) {
        boolean answer =
                message instanceof Message.AppendReply
                        || message instanceof Message.VoteReply
                        || message instanceof Message.HeartbeatReply
                        || message instanceof Message.ReadIndexReply;
        if (answer && raft.replica().tracker.of(message.from()) == null) {
            return "raft: cannot step as peer not found\n";
        }
        boolean takesProposals =
                raft.role() == RaftRole.LEADER
                        || (raft.role() == RaftRole.FOLLOWER && raft.leader() != Raft.NONE);
        raft.step(message);
        return message instanceof Message.Propose && !takesProposals
                ? "raft proposal dropped\n"
                : "";
    }

    private Raft start() {
        RaftConfig now = config.applied(latest.index()).build();
        return new Raft(now, storage, written, latest.confState());
    }

    private void finishNow(Ready ready) {
        persist(ready);
        apply(ready.committed());
        acknowledgeOwn(ready);
        if (!ready.committed().isEmpty()) {
            raft.applied(ready.committed().getLast().index());
        }
    }

    private void acknowledgeOwn(Ready ready) {
        for (Message message : ready.gated()) {
            if (message.to() == id) {
                raft.step(message);
            }
        }
        acknowledgeWrites(ready.logMark(), ready.snapshot());
    }

    private void acknowledgeWrites(@Nullable LogMark mark, @Nullable Snapshot snapshot) {
        if (snapshot != null) {
            raft.snapshotDurable(snapshot.index());
        }
        if (mark != null) {
            raft.logDurable(mark.leaderTerm(), mark.index());
        }
    }

    /// Queues the work of both threads; returns the messages that tell of it.
    private List<String> queueWork(Ready ready, @Nullable HardState hardState) {
        List<String> told = new ArrayList<>();
        boolean writes =
                !ready.entries().isEmpty()
                        || hardState != null
                        || ready.snapshot() != null
                        || !ready.gated().isEmpty();
        if (writes) {
            List<Mail> responses = new ArrayList<>();
            ready.gated().forEach(message -> responses.add(mail(message)));
            if (ready.logMark() != null || ready.snapshot() != null) {
                responses.add(writesDone(ready));
            }
            long term = hardState == null ? 0 : hardState.term();
            String text =
                    Transcript.line(
                                    String.valueOf(id),
                                    "AppendThread",
                                    "MsgStorageAppend",
                                    term,
                                    0,
                                    0)
                            + (hardState == null ? "" : Transcript.commit(hardState.commit()))
                            + (hardState == null ? "" : Transcript.vote(hardState.vote()))
                            + Transcript.entries(ready.entries())
                            + (ready.snapshot() == null
                                    ? ""
                                    : Transcript.snapshotLine(ready.snapshot()));
            told.add(text + Transcript.responses(responses.stream().map(Mail::text).toList()));
            appendWork.add(new Work(text, () -> persist(ready), responses));
        }
        if (!ready.committed().isEmpty()) {
            String entries = Transcript.entries(ready.committed());
            long last = ready.committed().getLast().index();
            Mail done =
                    new Mail(
                            id,
                            "MsgStorageApplyResp",
                            Transcript.line(
                                            "ApplyThread",
                                            String.valueOf(id),
                                            "MsgStorageApplyResp",
                                            0,
                                            0,
                                            0)
                                    + entries,
                            true,
                            node -> {
                                raft.applied(last);
                                return "";
                            });
            String text =
                    Transcript.line(String.valueOf(id), "ApplyThread", "MsgStorageApply", 0, 0, 0)
                            + entries;
            told.add(text + Transcript.responses(List.of(done.text())));
            applyWork.add(new Work(text, () -> apply(ready.committed()), List.of(done)));
        }
        return told;
    }

    /// The append thread's acknowledgement. The language names the last entry by the term it was
    /// created in, and drops acknowledgements from an earlier term of the replica.
    private Mail writesDone(Ready ready) {
        long term = raft.term();
        LogMark mark = ready.logMark();
        long index = mark == null ? 0 : mark.index();
        long logTerm = mark == null ? 0 : raft.replica().log.termOrZero(index);
        Snapshot snapshot = ready.snapshot();
        String text =
                Transcript.line(
                                "AppendThread",
                                String.valueOf(id),
                                "MsgStorageAppendResp",
                                term,
                                logTerm,
                                index)
                        + (snapshot == null ? "" : Transcript.snapshotLine(snapshot));
        return new Mail(
                id,
                "MsgStorageAppendResp",
                text,
                true,
                node -> {
                    acknowledgeWrites(raft.term() > term ? null : mark, snapshot);
                    return "";
                });
    }

    private String process(ArrayDeque<Work> queue, String nothing) {
        if (queue.isEmpty()) {
            return nothing;
        }
        Work work = queue.removeFirst();
        work.action().run();
        StringBuilder text = new StringBuilder("Processing:\n").append(work.text()).append('\n');
        text.append("Responses:\n");
        for (Mail response : work.responses()) {
            text.append(response.text()).append('\n');
            post.accept(response);
        }
        return text.toString();
    }

    private void persist(Ready ready) {
        Snapshot snapshot = ready.snapshot();
        if (snapshot != null) {
            storage.restartAt(snapshot.index(), snapshot.term());
            latest = snapshot;
        }
        storage.append(ready.entries());
        if (ready.hardState() != null) {
            written = ready.hardState();
        }
    }

    private void apply(List<Entry> entries) {
        for (Entry entry : entries) {
            ConfState members = latest.confState();
            ByteSlice data = entry.data();
            if (entry.kind() != EntryKind.NORMAL) {
                ConfChange change = ConfChange.decode(entry.data());
                members = raft.applyConfChange(change);
                data = change.context();
            }
            latest = new Snapshot(entry.index(), entry.term(), members, latest.data().concat(data));
        }
    }

    /// What the language syncs for, besides entries; a snapshot it leaves to whoever installs it.
    private boolean isNewPromise(HardState now) {
        return now.term() != lastHardState.term() || now.vote() != lastHardState.vote();
    }

    /// The hard state to write in the eyes of the language, which knows no leader term.
    private @Nullable HardState changedHardState(Ready ready) {
        HardState now = ready.hardState();
        if (now == null) {
            return null;
        }
        boolean changed =
                now.term() != lastHardState.term()
                        || now.vote() != lastHardState.vote()
                        || now.commit() != lastHardState.commit();
        lastHardState = now;
        return changed ? now : null;
    }

    static Mail mail(Message message) {
        return new Mail(
                message.to(),
                Transcript.kind(message),
                Transcript.message(message),
                false,
                node -> node.receive(message));
    }

    private static String describe(
            Ready ready, boolean mustSync, @Nullable HardState hardState, List<String> messages) {
        StringBuilder text = new StringBuilder();
        text.append("Ready MustSync=").append(mustSync).append(":\n");
        SoftState soft = ready.softState();
        if (soft != null) {
            text.append(
                    "Lead:%d State:%s%n".formatted(soft.leader(), Transcript.role(soft.role())));
        }
        if (hardState != null) {
            text.append("HardState ").append(Transcript.hardState(hardState)).append('\n');
        }
        if (!ready.readStates().isEmpty()) {
            text.append("ReadStates ");
            List<String> reads = new ArrayList<>();
            for (ReadState read : ready.readStates()) {
                reads.add("{" + read.index() + " " + read.context() + "}");
            }
            text.append('[').append(String.join(" ", reads)).append("]\n");
        }
        if (!ready.entries().isEmpty()) {
            text.append("Entries:\n").append(Transcript.entryLines(ready.entries()));
        }
        if (ready.snapshot() != null) {
            text.append("Snapshot ").append(Transcript.snapshot(ready.snapshot())).append('\n');
        }
        if (!ready.committed().isEmpty()) {
            text.append("CommittedEntries:\n").append(Transcript.entryLines(ready.committed()));
        }
        if (!messages.isEmpty()) {
            text.append("Messages:\n").append(String.join("\n", messages)).append('\n');
        }
        return text.toString();
    }
}
