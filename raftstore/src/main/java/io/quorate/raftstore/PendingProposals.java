package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.raft.Entry;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Proposals of this node that are in the group's log and not yet handed to the state machine, by
/// index. Owned by the loop.
final class PendingProposals {
    private final ArrayDeque<Pending> byIndex = new ArrayDeque<>();

    private record Pending(long index, long term, Promise<ProposeResult> promise) {}

    void add(long index, long term, Promise<ProposeResult> promise) {
        Check.that(
                byIndex.isEmpty() || byIndex.getLast().index < index,
                "proposals are added in the order of the log");
        byIndex.add(new Pending(index, term, promise));
    }

    /// Who waits for this committed entry; null if nobody does. A proposal whose place another
    /// entry has taken will never be applied.
    @Nullable Promise<ProposeResult> take(Entry committed, @Nullable NodeId leader) {
        while (!byIndex.isEmpty() && byIndex.getFirst().index <= committed.index()) {
            Pending pending = byIndex.removeFirst();
            if (pending.index == committed.index() && pending.term == committed.term()) {
                return pending.promise;
            }
            pending.promise.complete(new ProposeResult.NotLeader(leader));
        }
        return null;
    }

    /// Leadership is lost: others decide what becomes of them.
    void abandon() {
        for (Pending pending : byIndex) {
            pending.promise.complete(new ProposeResult.Undetermined());
        }
        byIndex.clear();
    }
}
