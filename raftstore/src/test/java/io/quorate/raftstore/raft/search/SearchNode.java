package io.quorate.raftstore.raft.search;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.raftstore.raft.ConfChange;
import io.quorate.raftstore.raft.ConfState;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.EntryKind;
import io.quorate.raftstore.raft.HardState;
import io.quorate.raftstore.raft.LogMark;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.raft.Raft;
import io.quorate.raftstore.raft.RaftConfig;
import io.quorate.raftstore.raft.RaftRole;
import io.quorate.raftstore.raft.Ready;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One replica with the least driver there can be. A Ready is taken as soon as there is one: taken
/// later it would be the same as its messages being delivered, and its writes done, later.
final class SearchNode {
    /// What waits for the disk, and what waits for that.
    private record Write(
            @Nullable HardState hardState,
            List<Entry> entries,
            List<Message> gated,
            @Nullable LogMark mark) {}

    private final long id;
    private final World world;
    private final DurableLog storage = new DurableLog();
    private final ArrayDeque<Write> writes = new ArrayDeque<>();
    private final List<Entry> toApply = new ArrayList<>();
    private HardState hardState = HardState.INITIAL;
    private ConfState members;
    private long applied;
    private Raft raft;

    SearchNode(long id, World world) {
        this.id = id;
        this.world = world;
        this.members = world.members();
        this.raft = start();
    }

    /// Whether `input` can happen now; messages always can.
    boolean takes(Input input) {
        return switch (input) {
            case Input.Deliver _, Input.Crash _ -> true;
            case Input.Campaign _ ->
                    raft.term() < world.termMax()
                            && raft.role() != RaftRole.LEADER
                            && raft.confState().voters().contains(id);
            case Input.Tick _ -> world.ticks() && raft.role() == RaftRole.LEADER;
            case Input.Propose _ ->
                    raft.role() == RaftRole.LEADER && raft.lastIndex() < world.indexMax();
            case Input.ChangeMembers _ ->
                    raft.role() == RaftRole.LEADER
                            && raft.lastIndex() < world.indexMax()
                            && raft.confState().equals(world.members());
            case Input.FinishWrite _ -> !writes.isEmpty();
            case Input.Apply _ -> !toApply.isEmpty();
        };
    }

    /// Returns what was sent.
    List<Message> take(Input input) {
        List<Message> sent = new ArrayList<>();
        switch (input) {
            case Input.Deliver deliver -> raft.step(deliver.message());
            case Input.Campaign _ -> raft.campaign();
            case Input.Tick _ -> raft.tick();
            case Input.Propose _ -> raft.propose(List.of(ByteSlice.of((int) id)));
            case Input.ChangeMembers change -> raft.proposeConfChange(change.change());
            case Input.FinishWrite _ -> finish(writes.removeFirst(), sent);
            case Input.Apply _ -> apply();
            case Input.Crash _ -> crash();
        }
        takeReadys(sent);
        return sent;
    }

    View view() {
        List<Entry> log = new ArrayList<>(storage.all());
        for (Write write : writes) {
            DurableLog.overwrite(log, write.entries());
        }
        return new View(
                raft.role(),
                raft.term(),
                hardState.term(),
                raft.commitIndex(),
                List.copyOf(log),
                List.copyOf(storage.all()),
                raft.confState());
    }

    private void takeReadys(List<Message> sent) {
        while (raft.hasReady()) {
            Ready ready = raft.ready();
            sent.addAll(ready.messages());
            toApply.addAll(ready.committed());
            Write write =
                    new Write(
                            ready.mustSync() ? ready.hardState() : null,
                            ready.entries(),
                            ready.gated(),
                            ready.logMark());
            boolean idle = !ready.mustSync() && ready.gated().isEmpty();
            if (!world.slowDisks() || (!ready.mustSync() && writes.isEmpty())) {
                finish(write, sent);
            } else if (!idle) {
                writes.add(write);
            }
            boolean plain = toApply.stream().allMatch(entry -> entry.kind() == EntryKind.NORMAL);
            if (plain && !toApply.isEmpty()) {
                apply();
            }
        }
    }

    private void finish(Write write, List<Message> sent) {
        storage.append(write.entries());
        if (write.hardState() != null) {
            hardState = write.hardState();
        }
        for (Message message : write.gated()) {
            if (message.to() == id) {
                raft.step(message);
            } else {
                sent.add(message);
            }
        }
        if (write.mark() != null) {
            raft.logDurable(write.mark().leaderTerm(), write.mark().index());
        }
    }

    private void apply() {
        for (Entry entry : toApply) {
            if (entry.kind() != EntryKind.NORMAL) {
                members = raft.applyConfChange(ConfChange.decode(entry.data()));
            }
            applied = entry.index();
        }
        toApply.clear();
        raft.applied(applied);
    }

    private void crash() {
        writes.clear();
        toApply.clear();
        raft = start();
    }

    private Raft start() {
        RaftConfig config =
                RaftConfig.builder(id)
                        .applied(applied)
                        .electionTicks(2)
                        .heartbeatTicks(1)
                        .maxAppendBytes(0)
                        .maxInflightMessages(2)
                        .preVote(world.preVote())
                        .checkQuorum(false)
                        .build();
        return new Raft(config, storage, hardState, members);
    }
}
