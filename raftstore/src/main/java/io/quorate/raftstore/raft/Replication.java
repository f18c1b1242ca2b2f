package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.progress.Progress;
import io.quorate.raftstore.raft.progress.ProgressState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The leader's side of the log: taking entries, sending them, counting acknowledgements.
final class Replication {
    private final Replica replica;

    Replication(Replica replica) {
        this.replica = replica;
    }

    /// Opens a new leader's term with an empty entry: committing it commits what came before
    /// (thesis, 3.6.2).
    void openTerm() {
        append(List.of(new Entry(0, 0, EntryKind.NORMAL, ByteSlice.EMPTY)));
        broadcastAppend();
    }

    /// Takes entries into the leader's log, giving them their places.
    ///
    /// @return whether they were taken: not when too much is uncommitted
    boolean append(List<Entry> proposed) {
        Check.that(replica.isLeader(), "only a leader appends");
        long payloadBytes = payloadBytes(proposed);
        boolean over =
                replica.uncommittedBytes + payloadBytes > replica.config.maxUncommittedBytes();
        // One proposal always fits, and entries without payload do: leaving a joint configuration
        // and opening a term must not be held up.
        if (over && replica.uncommittedBytes > 0 && payloadBytes > 0) {
            return false;
        }
        replica.uncommittedBytes += payloadBytes;
        long next = replica.log.lastIndex() + 1;
        List<Entry> entries = new ArrayList<>(proposed.size());
        for (Entry entry : proposed) {
            entries.add(new Entry(replica.term(), next, entry.kind(), entry.data()));
            next++;
        }
        replica.log.appendAsLeader(replica.term(), entries);
        // The own acknowledgement counts once the entries are durable, like everybody's.
        replica.outbox.send(
                new Message.AppendReply(
                        replica.id, replica.id, replica.term(), next - 1, false, 0, 0));
        return true;
    }

    void broadcastAppend() {
        for (long peer : replica.tracker.progress().keySet()) {
            if (peer != replica.id) {
                sendAppend(peer, true);
            }
        }
    }

    void broadcastHeartbeat() {
        replica.tracker
                .progress()
                .forEach((peer, progress) -> {
                    if (peer != replica.id) {
                        sendHeartbeat(peer, progress);
                    }
                });
    }

    /// Sends the next append, or a snapshot where the log no longer reaches back, unless the member
    /// has to answer first.
    ///
    /// @param evenIfEmpty whether to send one without entries, to probe or to tell the commit index
    /// @return whether anything was sent
    boolean sendAppend(long peer, boolean evenIfEmpty) {
        Progress progress = Check.present(replica.tracker.of(peer), "appends go to members");
        if (progress.isPaused()) {
            return false;
        }
        RaftLog log = replica.log;
        long previous = progress.next() - 1;
        if (!log.knowsTerm(previous)) {
            return sendSnapshot(peer, progress);
        }
        List<Entry> entries = List.of();
        if (progress.mayCarryEntries()) {
            if (progress.next() < log.firstIndex()) {
                return sendSnapshot(peer, progress);
            }
            entries = log.entriesFrom(progress.next(), replica.config.maxAppendBytes());
        }
        if (entries.isEmpty() && !evenIfEmpty) {
            return false;
        }
        replica.outbox.send(
                new Message.Append(
                        replica.id,
                        peer,
                        replica.term(),
                        log.term(previous),
                        previous,
                        entries,
                        log.commit()));
        progress.sentEntries(entries.size(), payloadBytes(entries));
        progress.sentCommit(log.commit());
        return true;
    }

    /// Sends to a new member without waiting for a heartbeat; nothing if it is up to date.
    void sendAllTo(long peer) {
        while (sendAppend(peer, false)) {
            // Each append makes progress or pauses.
        }
    }

    /// Commits what a quorum of the active configuration holds, if it is of the own term: an older
    /// entry on a quorum may still be overwritten (Raft paper, figure 8).
    ///
    /// @return whether the commit index moved
    boolean maybeCommit() {
        long index = replica.tracker.committedIndex();
        if (index <= replica.log.commit() || !replica.log.matches(index, replica.term())) {
            return false;
        }
        replica.log.commitTo(index);
        return true;
    }

    /// Whether this leader has committed an entry of its own term.
    boolean committedInTerm() {
        RaftLog log = replica.log;
        return replica.isLeader() && log.termOrZero(log.commit()) == replica.term();
    }

    void receiveReply(Message.AppendReply reply, Progress progress) {
        progress.setActive(true);
        if (reply.rejected()) {
            rejected(reply, progress);
        } else {
            accepted(reply, progress);
        }
    }

    void receiveHeartbeatReply(Message.HeartbeatReply reply, Progress progress) {
        progress.setActive(true);
        progress.unpause();
        // Also where too much is in flight, but then without entries: if everything in flight was
        // lost, the answer to this one tells.
        if (progress.match() < replica.log.lastIndex() || progress.state() == ProgressState.PROBE) {
            sendAppend(reply.from(), true);
        }
    }

    void unreachable(Progress progress) {
        if (progress.state() == ProgressState.REPLICATE) {
            progress.becomeProbe();
        }
    }

    void snapshotReported(Progress progress, boolean arrived) {
        if (progress.state() != ProgressState.SNAPSHOT) {
            return;
        }
        if (!arrived) {
            progress.forgetSnapshot();
        }
        progress.becomeProbe();
        // If it arrived, its acknowledgement is next; if not, a heartbeat's answer tries again.
        progress.pause();
    }

    /// Begins to hand over to `transferee`, who campaigns once it has the whole log.
    void transferTo(long transferee) {
        Progress progress = replica.tracker.of(transferee);
        if (progress == null
                || !replica.tracker.isVoter(transferee)
                || transferee == replica.id
                || transferee == replica.transferee) {
            return;
        }
        replica.electionElapsed = 0;
        replica.transferee = transferee;
        if (progress.match() == replica.log.lastIndex()) {
            sendTimeoutNow(transferee);
        } else {
            sendAppend(transferee, true);
        }
    }

    private void accepted(Message.AppendReply reply, Progress progress) {
        checkOwnAcknowledgement(reply);
        boolean news = progress.maybeUpdate(reply.index());
        boolean found =
                progress.match() == reply.index() && progress.state() == ProgressState.PROBE;
        if (!news && !found) {
            return;
        }
        switch (progress.state()) {
            case PROBE -> progress.becomeReplicate();
            case SNAPSHOT -> {
                // By whatever snapshot it got there: from here on the log can serve it.
                if (progress.match() + 1 >= replica.log.firstIndex()) {
                    progress.becomeReplicate();
                }
            }
            case REPLICATE -> progress.freeInflights(reply.index());
        }
        boolean other = reply.from() != replica.id;
        if (maybeCommit()) {
            broadcastAppend();
        } else if (other && progress.canBumpCommit(replica.log.commit())) {
            sendAppend(reply.from(), true);
        }
        if (other) {
            sendAllTo(reply.from());
            if (reply.from() == replica.transferee && progress.match() == replica.log.lastIndex()) {
                sendTimeoutNow(reply.from());
            }
        }
    }

    /// The follower's log ends before, or contradicts, what preceded the append. Its hint names the
    /// last place where the two logs may agree by its own terms; whole terms of ours that lie above
    /// the hinted term cannot agree either, and are skipped at once.
    private void rejected(Message.AppendReply reply, Progress progress) {
        long agreed = reply.rejectHint();
        if (reply.logTerm() > 0) {
            agreed = replica.log.lastIndexNotAfterTerm(reply.rejectHint(), reply.logTerm());
        }
        if (progress.maybeDecrease(reply.index(), agreed)) {
            if (progress.state() == ProgressState.REPLICATE) {
                progress.becomeProbe();
            }
            sendAppend(reply.from(), true);
        }
    }

    private void checkOwnAcknowledgement(Message.AppendReply reply) {
        Check.that(
                reply.index() <= replica.log.lastIndex(),
                "nobody acknowledges %s past the end %s",
                reply.index(),
                replica.log.lastIndex());
        Check.that(
                reply.from() != replica.id
                        || reply.index() <= replica.log.lastHandedOutForWriting(),
                "nothing is acknowledged that was not handed out for writing");
    }

    private boolean sendSnapshot(long peer, Progress progress) {
        if (!progress.isActive()) {
            return false;
        }
        @Nullable Snapshot snapshot = replica.log.snapshotToSend();
        if (snapshot == null) {
            return false;
        }
        Check.that(snapshot.index() > 0, "a snapshot covers something");
        progress.becomeSnapshot(snapshot.index());
        replica.outbox.send(
                new Message.InstallSnapshot(replica.id, peer, replica.term(), snapshot));
        return true;
    }

    private void sendHeartbeat(long peer, Progress progress) {
        // The member may not have what was committed; it surely has what it acknowledged.
        long commit = Math.min(progress.match(), replica.log.commit());
        replica.outbox.send(
                new Message.Heartbeat(
                        replica.id, peer, replica.term(), commit, replica.rounds.current()));
        progress.sentCommit(commit);
    }

    private void sendTimeoutNow(long peer) {
        replica.outbox.send(new Message.TimeoutNow(replica.id, peer, replica.term()));
    }

    private static long payloadBytes(List<Entry> entries) {
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += entry.data().length();
        }
        return bytes;
    }
}
