package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import io.quorate.raftstore.api.ReadResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads of this node: first arrived, then being confirmed by a round, then waiting for the state
/// machine. Owned by the loop. All reads that arrive in one round of the loop share one context, and
/// so one round of heartbeats.
final class PendingReads {
    private List<Promise<ReadResult>> arrived = new ArrayList<>();
    private final TreeMap<Long, List<Promise<ReadResult>>> asked = new TreeMap<>();
    private final PriorityQueue<Confirmed> confirmed = new PriorityQueue<>();
    private long lastContext;

    private record Confirmed(long index, List<Promise<ReadResult>> promises)
            implements Comparable<Confirmed> {
        @Override
        public int compareTo(Confirmed other) {
            return Long.compare(index, other.index);
        }
    }

    void add(Promise<ReadResult> promise) {
        arrived.add(promise);
    }

    boolean hasArrived() {
        return !arrived.isEmpty();
    }

    /// The context under which to ask for all that arrived.
    long ask() {
        Check.that(hasArrived(), "somebody wants to read");
        lastContext++;
        asked.put(lastContext, arrived);
        arrived = new ArrayList<>();
        return lastContext;
    }

    /// A round was confirmed; its reads wait until `index` is applied.
    void confirm(long context, long index) {
        List<Promise<ReadResult>> promises = asked.remove(context);
        if (promises != null) {
            confirmed.add(new Confirmed(index, promises));
        }
    }

    /// Completes what may be read now.
    void applied(long appliedIndex) {
        while (!confirmed.isEmpty() && confirmed.peek().index <= appliedIndex) {
            Confirmed done = confirmed.remove();
            done.promises.forEach(each -> each.complete(new ReadResult.Ready(appliedIndex)));
        }
    }

    /// Leadership is lost: nothing that is not confirmed will be. What is confirmed stays right.
    void abandon(@Nullable NodeId leader) {
        ReadResult refusal = new ReadResult.NotLeader(leader);
        arrived.forEach(each -> each.complete(refusal));
        arrived = new ArrayList<>();
        asked.values().forEach(promises -> promises.forEach(each -> each.complete(refusal)));
        asked.clear();
    }

    /// The store stops: nothing more is applied.
    void close() {
        abandon(null);
        new ArrayDeque<>(confirmed)
                .forEach(done ->
                        done.promises.forEach(
                                each -> each.complete(new ReadResult.NotLeader(null))));
        confirmed.clear();
    }
}
