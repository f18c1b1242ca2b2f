package io.quorate.tso.meta;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Disk;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.api.StateMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The oracle's replicated state. It lives in memory; the Raft log is its journal, and every
/// [#SAVE_ENTRIES] entries it is saved to a file so that the log before may go.
public final class MetaStateMachine implements StateMachine {
    static final long SAVE_ENTRIES = 256;

    private final MetaFile file;
    private final RoleListener listener;
    private MetaState state;
    private long appliedIndex;
    private long appliedTerm;
    private @Nullable Membership members;
    private volatile long durableIndex;

    /// Told of role changes, in order with the entries applied. Called by Raft's loop: must not wait.
    public interface RoleListener {
        /// This replica leads and has applied everything of earlier terms; `limitMillis` is the
        /// timestamp limit they left.
        void leads(long term, long limitMillis);

        void follows(long term);
    }

    /// Loads what was saved. Throws where the file is damaged.
    public MetaStateMachine(Disk disk, RoleListener listener) {
        this.file = new MetaFile(disk);
        this.listener = listener;
        MetaFile.Saved saved;
        try {
            saved = file.load();
        } catch (IOException e) {
            throw new UncheckedIOException("the oracle's state cannot be read", e);
        }
        if (saved == null) {
            state = new MetaState();
        } else {
            state = saved.state();
            appliedIndex = saved.index();
            appliedTerm = saved.term();
            members = saved.members();
            durableIndex = saved.index();
        }
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    @Override
    public long appliedTerm() {
        return appliedTerm;
    }

    @Override
    public @Nullable Membership members() {
        return members;
    }

    @Override
    public List<Object> apply(List<CommittedEntry> entries) {
        List<Object> results = new ArrayList<>(entries.size());
        for (CommittedEntry entry : entries) {
            Check.that(
                    entry.index() == appliedIndex + 1,
                    "entries are applied without gaps, but %s follows %s",
                    entry.index(),
                    appliedIndex);
            Check.that(entry.term() >= appliedTerm, "terms in the log never fall");
            results.add(
                    entry.data().isEmpty()
                            ? new MetaResult.Nothing()
                            : state.apply(MetaCommands.decode(entry.data())));
            appliedIndex = entry.index();
            appliedTerm = entry.term();
            if (entry.members() != null) {
                members = entry.members();
            }
        }
        if (appliedIndex - durableIndex >= SAVE_ENTRIES) {
            save();
        }
        return results;
    }

    @Override
    public void roleChanged(Role role) {
        switch (role) {
            case Role.Leader(long term) -> listener.leads(term, state.limitMillis());
            case Role.Follower(long term, _) -> listener.follows(term);
        }
    }

    @Override
    public long durableIndex() {
        return durableIndex;
    }

    @Override
    public void makeDurable() {
        if (appliedIndex > durableIndex) {
            save();
        }
    }

    /// The state is small: it is written out at once.
    @Override
    public SnapshotSource snapshot(Membership current) {
        return new MetaSnapshot(appliedIndex, appliedTerm, current, MetaSnapshot.encode(state));
    }

    @Override
    public @Nullable String refusal(ByteSlice label) {
        return null;
    }

    @Override
    public void destroy() {
        try {
            file.delete();
        } catch (IOException e) {
            throw new UncheckedIOException("the oracle's state cannot be deleted", e);
        }
    }

    /// The file is replaced whole, so a crash leaves the old state or the new one.
    @Override
    public void install(SnapshotSource snapshot) {
        state = MetaSnapshot.decode(snapshot);
        appliedIndex = snapshot.index();
        appliedTerm = snapshot.term();
        members = snapshot.members();
        save();
    }

    private void save() {
        try {
            file.save(new MetaFile.Saved(appliedIndex, appliedTerm, members, state));
        } catch (IOException e) {
            throw new UncheckedIOException("the oracle's state cannot be saved", e);
        }
        durableIndex = appliedIndex;
    }
}
