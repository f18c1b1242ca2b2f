package io.quorate.raftstore;

import io.quorate.common.env.RandomSource;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What one simulated node's state machine holds: in memory for one life, and flushed now and then
/// to something that outlasts it. A crash takes it back to the last flush.
final class SimulatedState {
    private final TreeMap<Long, CommittedEntry> chosen;
    private Flushed flushed = new Flushed(List.of(), 0, 0);

    private record Flushed(List<String> values, long index, long term) {}

    /// `chosen` is shared by all nodes: what any of them ever applied, by index.
    SimulatedState(TreeMap<Long, CommittedEntry> chosen) {
        this.chosen = chosen;
    }

    /// The machine of a new life.
    Machine restart(RandomSource random) {
        return new Machine(flushed, random);
    }

    final class Machine implements StateMachine {
        private final List<String> values;
        private final RandomSource random;
        private long index;
        private long term;
        private long leadingTerm;

        private Machine(Flushed from, RandomSource random) {
            this.values = new ArrayList<>(from.values);
            this.index = from.index;
            this.term = from.term;
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
                flushed = new Flushed(List.copyOf(values), index, term);
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
                if (!entry.data().isEmpty()) {
                    values.add(entry.data().toUtf8());
                }
                results.add(entry.index());
            }
            return results;
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
