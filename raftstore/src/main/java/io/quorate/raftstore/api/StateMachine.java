package io.quorate.raftstore.api;

import io.quorate.common.bytes.ByteSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one group replicates. Its methods are called by one thread at a time and never by two at
/// once; they must not wait for anything but storage.
public interface StateMachine {
    /// The index of the last entry this state holds, at opening: entries up to it are not applied
    /// again. May lie behind what was applied before a crash (those entries come again) and, since
    /// applying may overtake the local log's fsync, ahead of the local log's end.
    long appliedIndex();

    /// The term of the entry at [#appliedIndex()].
    long appliedTerm();

    /// Who belongs to the group as of [#appliedIndex()], at opening; null where no entry ever changed
    /// it. Whoever applies an entry with members keeps them together with the applied index.
    @Nullable Membership members();

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

    /// Asks for [#durableIndex()] to rise to what is applied now, soon: the log is kept for its sake.
    /// Returns at once or after saving.
    void makeDurable();

    /// The state as of the last applied entry. Must be quick: nothing is applied meanwhile. `members`
    /// are those of the group as of that entry.
    SnapshotSource snapshot(Membership members);

    /// Why a snapshot with that label cannot be taken now; null if it can. Asked on any thread. Once it
    /// can be taken, it can be until it is.
    @Nullable String refusal(ByteSlice label);

    /// This node does not belong to the group any more. Removes all of the state and returns when that
    /// is durable. Nothing else is called afterwards.
    void destroy();

    /// Replaces the whole state by another one and returns when that is durable, with its index, term
    /// and members. After a crash under way it is called again with the same content, on a machine
    /// that was opened on whatever was left; nobody reads the state in between.
    void install(SnapshotSource snapshot);
}
