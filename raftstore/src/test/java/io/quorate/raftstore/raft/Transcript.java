package io.quorate.raftstore.raft;

import io.quorate.raftstore.raft.ConfChange.Change;
import io.quorate.raftstore.raft.ConfChange.ChangeKind;
import io.quorate.raftstore.raft.progress.Progress;
import io.quorate.raftstore.raft.progress.ProgressTracker;
import java.util.ArrayList;
import java.util.List;

/// How the scenario language writes things down.
final class Transcript {
    private Transcript() {}

    static String message(Message message) {
        return switch (message) {
            case Message.Append m ->
                    head(m, "MsgApp", m.logTerm(), m.index())
                            + commit(m.commit())
                            + entries(m.entries());
            case Message.AppendReply m ->
                    head(m, "MsgAppResp", m.logTerm(), m.index())
                            + (m.rejected() ? rejected(m.rejectHint()) : "");
            case Message.VoteRequest m ->
                    head(m, m.preVote() ? "MsgPreVote" : "MsgVote", m.logTerm(), m.index());
            case Message.VoteReply m ->
                    head(m, m.preVote() ? "MsgPreVoteResp" : "MsgVoteResp", 0, 0)
                            + (m.rejected() ? rejected(0) : "");
            case Message.Heartbeat m -> head(m, "MsgHeartbeat", 0, 0) + commit(m.commit());
            case Message.HeartbeatReply m -> head(m, "MsgHeartbeatResp", 0, 0);
            case Message.InstallSnapshot m -> head(m, "MsgSnap", 0, 0) + snapshotLine(m.snapshot());
            case Message.TimeoutNow m -> head(m, "MsgTimeoutNow", 0, 0);
            // The language lets the future leader itself ask.
            case Message.TransferLeader m ->
                    line(name(m.transferee()), name(m.to()), "MsgTransferLeader", m.term(), 0, 0);
            case Message.Propose m -> head(m, "MsgProp", 0, 0) + entries(m.entries());
            case Message.ReadIndex m -> head(m, "MsgReadIndex", 0, 0);
            case Message.ReadIndexReply m -> head(m, "MsgReadIndexResp", 0, m.index());
        };
    }

    /// The kind of a message, as written in it.
    static String kind(Message message) {
        return message(message).split(" ", 3)[1];
    }

    static String line(String from, String to, String kind, long term, long logTerm, long index) {
        return "%s->%s %s Term:%d Log:%d/%d".formatted(from, to, kind, term, logTerm, index);
    }

    static String commit(long commit) {
        return commit == 0 ? "" : " Commit:" + commit;
    }

    static String vote(long vote) {
        return vote == 0 ? "" : " Vote:" + vote;
    }

    /// Entries within a message: one on the line, more on lines of their own.
    static String entries(List<Entry> entries) {
        if (entries.isEmpty()) {
            return "";
        }
        if (entries.size() == 1) {
            return " Entries:[" + entry(entries.getFirst()) + "]";
        }
        return " Entries:[\n" + indent(entryLines(entries)) + "]";
    }

    /// Answers within a message of work for a thread.
    static String responses(List<String> responses) {
        if (responses.isEmpty()) {
            return "";
        }
        return " Responses:[\n" + indent(String.join("\n", responses) + "\n") + "]";
    }

    static String entryLines(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry(entry)).append('\n');
        }
        return text.toString();
    }

    static String entry(Entry entry) {
        String text =
                switch (entry.kind()) {
                    case NORMAL -> "EntryNormal " + quote(entry.data().toUtf8());
                    case CONF_CHANGE_SINGLE -> "EntryConfChange " + changes(entry);
                    case CONF_CHANGE -> "EntryConfChangeV2 " + changes(entry);
                };
        return entry.term() + "/" + entry.index() + " " + text.stripTrailing();
    }

    static String snapshotLine(Snapshot snapshot) {
        return "\n  Snapshot: " + snapshot(snapshot);
    }

    static String snapshot(Snapshot snapshot) {
        ConfState state = snapshot.confState();
        return ("Index:%d Term:%d ConfState:Voters:%s VotersOutgoing:%s Learners:%s"
                        + " LearnersNext:%s AutoLeave:%s")
                .formatted(
                        snapshot.index(),
                        snapshot.term(),
                        ids(state.voters()),
                        ids(state.votersOutgoing()),
                        ids(state.learners()),
                        ids(state.learnersNext()),
                        state.autoLeave());
    }

    static String hardState(HardState state) {
        return "Term:" + state.term() + vote(state.vote()) + " Commit:" + state.commit();
    }

    static String role(RaftRole role) {
        return switch (role) {
            case FOLLOWER -> "StateFollower";
            case PRE_CANDIDATE -> "StatePreCandidate";
            case CANDIDATE -> "StateCandidate";
            case LEADER -> "StateLeader";
        };
    }

    static String progress(ProgressTracker tracker) {
        StringBuilder text = new StringBuilder();
        tracker.progress()
                .forEach((peer, progress) ->
                        text.append(peer)
                                .append(": ")
                                .append(progress(tracker, peer, progress))
                                .append('\n'));
        return text.toString();
    }

    static String indent(String text) {
        return text.isEmpty() ? text : text.indent(2);
    }

    /// Changes such as `v1 l2 r3 u4`.
    static List<Change> parseChanges(String text) {
        List<Change> changes = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                ChangeKind kind =
                        switch (word.charAt(0)) {
                            case 'v' -> ChangeKind.ADD_VOTER;
                            case 'l' -> ChangeKind.ADD_LEARNER;
                            case 'r' -> ChangeKind.REMOVE;
                            case 'u' -> ChangeKind.UPDATE;
                            default -> throw new IllegalArgumentException("unknown: " + word);
                        };
                changes.add(new Change(kind, Long.parseLong(word.substring(1))));
            }
        }
        return changes;
    }

    private static String changes(Entry entry) {
        List<String> words = new ArrayList<>();
        for (Change change : ConfChange.decode(entry.data()).changes()) {
            String kind =
                    switch (change.kind()) {
                        case ADD_VOTER -> "v";
                        case ADD_LEARNER -> "l";
                        case REMOVE -> "r";
                        case UPDATE -> "u";
                    };
            words.add(kind + change.peer());
        }
        return String.join(" ", words);
    }

    private static String head(Message message, String kind, long logTerm, long index) {
        return line(name(message.from()), name(message.to()), kind, message.term(), logTerm, index);
    }

    private static String name(long peer) {
        return String.valueOf(peer);
    }

    private static String rejected(long hint) {
        return " Rejected (Hint: " + hint + ")";
    }

    private static String ids(List<Long> ids) {
        return "[" + String.join(" ", ids.stream().map(String::valueOf).toList()) + "]";
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String progress(ProgressTracker tracker, long peer, Progress progress) {
        StringBuilder text = new StringBuilder();
        String state =
                switch (progress.state()) {
                    case PROBE -> "StateProbe";
                    case REPLICATE -> "StateReplicate";
                    case SNAPSHOT -> "StateSnapshot";
                };
        text.append(state).append(" match=").append(progress.match());
        text.append(" next=").append(progress.next());
        text.append(tracker.members().isLearner(peer) ? " learner" : "");
        text.append(progress.isPaused() ? " paused" : "");
        if (progress.pendingSnapshot() > 0) {
            text.append(" pendingSnap=").append(progress.pendingSnapshot());
        }
        text.append(progress.isActive() ? "" : " inactive");
        if (progress.inflightCount() > 0) {
            text.append(" inflight=").append(progress.inflightCount());
            text.append(progress.inflightsFull() ? "[full]" : "");
        }
        return text.toString();
    }
}
