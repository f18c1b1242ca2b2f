package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One replica of the soup with a disk that takes its time: what was written is durable only when
/// the soup says so, and a crash loses the rest.
final class SoupNode {
    /// What one Ready wrote and what waits for that.
    private record Write(Ready ready) {}

    /// What all replicas of a group must do alike.
    record Habits(boolean preVote, boolean checkQuorum, boolean applyBeforeDurable) {}

    final long id;
    final MemoryStorage storage;
    Raft raft;

    private final SoupChecker checker;
    private final SplittableRandom random;
    private final Habits habits;
    private final ArrayDeque<Write> writes = new ArrayDeque<>();
    private final ArrayDeque<Entry> toApply = new ArrayDeque<>();
    private HardState hardState = HardState.INITIAL;
    private long applied;
    private long appliedTerm;
    private ConfState confState;

    SoupNode(
            long id,
            ConfState confState,
            SoupChecker checker,
            SplittableRandom random,
            Habits habits) {
        this.id = id;
        this.confState = confState;
        this.checker = checker;
        this.random = random;
        this.habits = habits;
        this.storage = new MemoryStorage(this::snapshot);
        this.raft = start();
    }

    /// Takes a Ready if there is one. Returns what may be sent.
    List<Message> takeReady() {
        if (!raft.hasReady()) {
            return List.of();
        }
        Ready ready = raft.ready();
        checker.wrote(id, ready.entries(), this::termBefore);
        checker.committed(raft, ready.committed());
        for (ReadState read : ready.readStates()) {
            checker.readConfirmed(read);
        }
        writes.add(new Write(ready));
        toApply.addAll(ready.committed());
        return ready.messages();
    }

    boolean hasWrites() {
        return !writes.isEmpty();
    }

    boolean hasCommitted() {
        return !toApply.isEmpty();
    }

    /// The oldest write becomes durable. Returns what may be sent now.
    List<Message> finishWrite() {
        Ready ready = writes.removeFirst().ready();
        persist(ready);
        List<Message> released = new ArrayList<>();
        for (Message message : ready.gated()) {
            if (message.to() == id) {
                raft.step(message);
            } else {
                released.add(message);
            }
        }
        if (ready.snapshot() != null) {
            raft.snapshotDurable(ready.snapshot().index());
        }
        LogMark mark = ready.logMark();
        if (mark != null) {
            raft.logDurable(mark.leaderTerm(), mark.index());
        }
        return released;
    }

    /// Applies some of what is committed; a crash does not take it back.
    void apply() {
        int count = 1 + random.nextInt(toApply.size());
        for (int i = 0; i < count; i++) {
            Entry entry = toApply.removeFirst();
            Check.that(entry.index() == applied + 1, "entries are applied in order");
            if (entry.kind() != EntryKind.NORMAL) {
                confState = raft.applyConfChange(ConfChange.decode(entry.data()));
            }
            applied = entry.index();
            appliedTerm = entry.term();
            checker.applied(entry, confState);
        }
        raft.applied(applied);
    }

    /// Drops the part of the log that is applied, but for what is about to be overwritten.
    void compact() {
        long to = Math.min(raft.appliedIndex(), storage.lastIndex());
        for (Write write : writes) {
            if (write.ready().snapshot() != null) {
                return;
            }
            if (!write.ready().entries().isEmpty()) {
                to = Math.min(to, write.ready().entries().getFirst().index() - 1);
            }
        }
        if (to >= storage.firstIndex()) {
            storage.compactTo(to);
        }
    }

    /// Loses everything not durable, save that some of the writes may have made it, and restarts.
    void crash() {
        int survivors = random.nextInt(writes.size() + 1);
        for (int i = 0; i < survivors; i++) {
            persist(writes.removeFirst().ready());
        }
        writes.clear();
        toApply.clear();
        // Applied before the own disk had it: the log may end earlier, or hold what was
        // overwritten.
        boolean agrees =
                storage.lastIndex() >= applied
                        && (storage.firstIndex() > applied + 1
                                || storage.term(applied) == appliedTerm);
        if (!agrees) {
            storage.restartAt(applied, appliedTerm);
        }
        hardState =
                new HardState(
                        Math.max(hardState.term(), appliedTerm),
                        hardState.term() >= appliedTerm ? hardState.vote() : Raft.NONE,
                        Math.max(hardState.commit(), applied),
                        hardState.leaderTerm());
        raft = start();
    }

    private void persist(Ready ready) {
        Snapshot snapshot = ready.snapshot();
        if (snapshot != null) {
            storage.restartAt(snapshot.index(), snapshot.term());
            toApply.removeIf(entry -> entry.index() <= snapshot.index());
            applied = snapshot.index();
            appliedTerm = snapshot.term();
            confState = snapshot.confState();
        }
        storage.append(ready.entries());
        if (ready.hardState() != null) {
            hardState = ready.hardState();
        }
    }

    private Raft start() {
        RaftConfig config =
                RaftConfig.builder(id)
                        .electionTicks(6)
                        .heartbeatTicks(1)
                        .applied(applied)
                        .maxAppendBytes(200)
                        .maxApplyingBytes(400)
                        .maxInflightMessages(4)
                        .maxInflightBytes(400)
                        .preVote(habits.preVote())
                        .checkQuorum(habits.checkQuorum())
                        .forwardProposals(random.nextBoolean())
                        .applyBeforeDurable(habits.applyBeforeDurable())
                        .randomTicks(random::nextInt)
                        .build();
        HardState start =
                new HardState(
                        hardState.term(),
                        hardState.vote(),
                        Math.min(hardState.commit(), storage.lastIndex()),
                        hardState.leaderTerm());
        return new Raft(config, storage, start, confState);
    }

    private long termBefore(long index) {
        return raft.replica().log.termOrZero(index - 1);
    }

    private @Nullable Snapshot snapshot() {
        return checker.snapshotAt(applied);
    }
}
