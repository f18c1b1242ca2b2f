package io.quorate.raftstore.api;

import java.util.List;

/// What one group replicates. Its methods are called by one thread at a time and never by two at
/// once; they must not wait for anything but storage.
public interface StateMachine {
    /// The index of the last entry this state holds, at opening: entries up to it are not applied
    /// again. May lie behind what was applied before a crash (those entries come again) and, since
    /// applying may overtake the local log's fsync, ahead of the local log's end.
    long appliedIndex();

    /// The term of the entry at [#appliedIndex()].
    long appliedTerm();

    /// Applies entries in log order, without gaps. Returns one result per entry, handed to the
    /// proposer if it is on this node. Applying is deterministic: the same entries leave the same
    /// state on every replica. Throwing halts the node.
    List<Object> apply(List<CommittedEntry> entries);

    /// This replica's role changed. Called in order with `apply`: when a replica becomes leader of a
    /// term, this comes after every entry of earlier terms **and** the first entry of its own term
    /// was applied here, so that the state is up to date and the leader may serve.
    void roleChanged(Role role);

    /// The index up to which the state is durable by itself, so that the log before it may go.
    long durableIndex();
}
