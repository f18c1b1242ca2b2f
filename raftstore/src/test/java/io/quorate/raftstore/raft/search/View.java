package io.quorate.raftstore.raft.search;

import io.quorate.raftstore.raft.ConfState;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.RaftRole;
import java.util.List;

/// What the safety properties look at in one replica.
///
/// @param durableTerm the term that a crash would leave
/// @param log all of it, durable or not; index one comes first
/// @param durable what a crash would leave of it
record View(
        RaftRole role,
        long term,
        long durableTerm,
        long commit,
        List<Entry> log,
        List<Entry> durable,
        ConfState members) {

    List<Entry> committed() {
        return log.subList(0, (int) commit);
    }

    long lastTerm() {
        return log.isEmpty() ? 0 : log.getLast().term();
    }

    /// Whether the log ends at or after where that of `other` ends, by the rule of elections.
    boolean isUpToDateWith(View other) {
        return lastTerm() > other.lastTerm()
                || (lastTerm() == other.lastTerm() && log.size() >= other.log.size());
    }
}
