package io.quorate.txn.lock;

import io.quorate.common.check.Check;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who waits for whom, and whether that closes a circle. It knows no threads and no clock: its owner
/// gives both.
///
/// In a circle of waiters exactly one has to give way: the youngest, which lost the least work. So a
/// registration looks for a way from the holder back to the waiter over *older* transactions only; it
/// exists exactly if the waiter is the youngest of a circle. A circle that an older one closes is found
/// by its youngest member, who registers again before long, and nothing has to be remembered about
/// circles. What is not registered again is forgotten.
final class DeadlockDetector {
    /// When a wait is forgotten, by waiter and holder.
    private final SortedMap<Timestamp, SortedMap<Timestamp, Long>> waits = new TreeMap<>();

    /// `waiter` waits for `holder`. Returns the circle that has to be broken by the waiter, beginning
    /// with it, or nothing: then it goes on waiting.
    List<Timestamp> register(Timestamp waiter, Timestamp holder, long nowNanos, long ttlNanos) {
        Check.that(!waiter.equals(holder), "nobody waits for himself: %s", waiter);
        Check.that(ttlNanos > 0, "an edge lives for some time");
        expire(nowNanos);
        List<Timestamp> circle = new ArrayList<>();
        circle.add(waiter);
        if (holder.isBefore(waiter) && findWay(holder, waiter, circle, new TreeSet<>())) {
            waits.remove(waiter);
            return circle;
        }
        waits.computeIfAbsent(waiter, _ -> new TreeMap<>()).put(holder, nowNanos + ttlNanos);
        return List.of();
    }

    /// `waiter` waits no more.
    void remove(Timestamp waiter) {
        waits.remove(waiter);
    }

    int size() {
        return waits.size();
    }

    /// Forgets who stopped registering.
    private void expire(long nowNanos) {
        waits.values().forEach(holders -> holders.values().removeIf(at -> at - nowNanos <= 0));
        waits.values().removeIf(SortedMap::isEmpty);
    }

    /// Extends `way` from `from` to `goal`, over transactions older than the goal.
    private boolean findWay(
            Timestamp from, Timestamp goal, List<Timestamp> way, SortedSet<Timestamp> seen) {
        if (!seen.add(from)) {
            return false;
        }
        way.add(from);
        SortedMap<Timestamp, Long> holders = waits.get(from);
        if (holders != null) {
            for (Timestamp next : holders.keySet()) {
                if (next.equals(goal)) {
                    return true;
                }
                if (next.isBefore(goal) && findWay(next, goal, way, seen)) {
                    return true;
                }
            }
        }
        way.removeLast();
        return false;
    }
}
