package io.quorate.raftstore.raft.search;

import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.RaftRole;
import java.util.ArrayList;
import java.util.List;

/// What an onlooker remembers of the past: who led each term, and everything that anybody ever
/// called committed, though all who did may since have stopped and forgotten it.
///
/// @param leaders the leader of term `i + 1`, zero while it had none
record Ghost(List<Long> leaders, List<Committed> committed) {
    /// @param term of the replica that was the first to call the entry committed
    record Committed(Entry entry, long term) {}

    static final Ghost NEWBORN = new Ghost(List.of(), List.of());

    /// Having seen replica `id` as `view`. Throws [Broken] if that contradicts the past.
    Ghost after(long id, View view) {
        List<Long> newLeaders = view.role() == RaftRole.LEADER ? withLeader(id, view) : leaders;
        List<Committed> newCommitted = committed;
        for (int i = 0; i < view.commit(); i++) {
            Entry entry = view.log().get(i);
            if (i >= newCommitted.size()) {
                newCommitted = new ArrayList<>(newCommitted);
                newCommitted.add(new Committed(entry, view.term()));
            } else if (!newCommitted.get(i).entry().equals(entry)) {
                throw new Broken("Log: " + entry + " and " + newCommitted.get(i) + " committed");
            }
        }
        return newLeaders == leaders && newCommitted == committed
                ? this
                : new Ghost(List.copyOf(newLeaders), List.copyOf(newCommitted));
    }

    /// A leader has everything that was committed before its term.
    void checkLeaderCompleteness(View view) {
        if (view.role() != RaftRole.LEADER) {
            return;
        }
        for (int i = 0; i < committed.size(); i++) {
            Committed promise = committed.get(i);
            boolean has = i < view.log().size() && view.log().get(i).equals(promise.entry());
            if (promise.term() < view.term() && !has) {
                throw new Broken("LeaderCompleteness: leader without " + promise);
            }
        }
    }

    private List<Long> withLeader(long id, View view) {
        List<Long> all = new ArrayList<>(leaders);
        while (all.size() < view.term()) {
            all.add(0L);
        }
        long known = all.set((int) view.term() - 1, id);
        if (known != 0 && known != id) {
            throw new Broken("MoreThanOneLeader: " + known + " and " + id + " led " + view.term());
        }
        return known == id ? leaders : all;
    }
}
