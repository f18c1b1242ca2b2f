package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.RandomSource;
import io.quorate.common.env.Tasks;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.api.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one simulated node's state machine holds: in memory for one life, and flushed now and then
/// to something that outlasts it. A crash takes it back to the last flush.
final class SimulatedState {
    private final TreeMap<Long, CommittedEntry> chosen;
    private int installs;
    private boolean destroyed;
    private Flushed flushed = new Flushed(List.of(), 0, 0, null);

    private record Flushed(
            List<String> values, long index, long term, @Nullable Membership members) {}

    /// `chosen` is shared by all nodes: what any of them ever applied, by index.
    SimulatedState(TreeMap<Long, CommittedEntry> chosen) {
        this.chosen = chosen;
    }

    /// The machine of a new life.
    Machine restart(Env env) {
        return new Machine(flushed, env.random(), env.tasks());
    }

    /// Of a node whose disk is gone, and the state with it.
    static SimulatedState lost(TreeMap<Long, CommittedEntry> chosen) {
        SimulatedState state = new SimulatedState(chosen);
        state.destroyed = true;
        return state;
    }

    /// Whether the replica here was destroyed and has not come back.
    boolean isDestroyed() {
        return destroyed;
    }

    /// How many snapshots were installed, in all lives.
    int installs() {
        return installs;
    }

    final class Machine implements StateMachine {
        private final List<String> values;
        private final RandomSource random;
        private final Tasks tasks;
        private long index;
        private long term;
        private long leadingTerm;
        private @Nullable Membership members;

        private Machine(Flushed from, RandomSource random, Tasks tasks) {
            this.tasks = tasks;
            this.values = new ArrayList<>(from.values);
            this.index = from.index;
            this.term = from.term;
            this.members = from.members;
            this.random = random;
        }

        @Override
        public long appliedIndex() {
            return index;
        }

        @Override
        public long appliedTerm() {
            return term;
        }

        @Override
        public long durableIndex() {
            if (random.nextInt(20) == 0) {
                makeDurable();
            }
            return flushed.index;
        }

        @Override
        public List<Object> apply(List<CommittedEntry> entries) {
            List<Object> results = new ArrayList<>();
            for (CommittedEntry entry : entries) {
                if (entry.index() != index + 1) {
                    throw new AssertionError("applies " + entry + " after " + index);
                }
                CommittedEntry before = chosen.putIfAbsent(entry.index(), entry);
                if (before != null && !before.equals(entry)) {
                    throw new AssertionError("chose " + before + " and " + entry);
                }
                index = entry.index();
                term = entry.term();
                if (entry.members() != null) {
                    members = entry.members();
                }
                if (!entry.data().isEmpty()) {
                    values.add(entry.data().toUtf8());
                }
                results.add(entry.index());
            }
            return results;
        }

        @Override
        public @Nullable Membership members() {
            return members;
        }

        @Override
        public void makeDurable() {
            flushed = new Flushed(List.copyOf(values), index, term, members);
        }

        @Override
        public SnapshotSource snapshot(Membership current) {
            return new ListSnapshot(index, term, current, values);
        }

        @Override
        public @Nullable String refusal(ByteSlice label) {
            return null;
        }

        @Override
        public void destroy() {
            flushed = new Flushed(List.of(), 0, 0, null);
            destroyed = true;
        }

        /// Half of it is flushed on the way: whoever believes that after a crash is found out.
        @Override
        public void install(SnapshotSource snapshot) {
            List<String> whole = ListSnapshot.values(snapshot);
            flushed = new Flushed(whole.subList(0, whole.size() / 2), index, term, members);
            tasks.sleepNanos(random.nextInt(2_000_000_000));
            installs++;
            destroyed = false;
            values.clear();
            values.addAll(whole);
            index = snapshot.index();
            term = snapshot.term();
            members = snapshot.members();
            makeDurable();
        }

        @Override
        public void roleChanged(Role role) {
            switch (role) {
                case Role.Leader(long newTerm) -> {
                    if (newTerm != term) {
                        throw new AssertionError("leads in " + newTerm + ", applied up to " + term);
                    }
                    leadingTerm = newTerm;
                }
                case Role.Follower _ -> leadingTerm = 0;
            }
        }

        long leadingTerm() {
            return leadingTerm;
        }

        List<String> values() {
            return values;
        }
    }
}
