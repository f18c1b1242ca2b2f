package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Promise;
import io.quorate.region.api.RegionError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Statements that wait for other transactions' locks, per key in the order they came. When a lock is
/// removed the first in line is woken, alone: it is the one that can have the lock.
final class LockWaiters {
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by `lock`.
    private final TreeMap<ByteSlice, Deque<Waiter>> queues = new TreeMap<>();

    /// How many queues there are, to spare the applying thread the lock when there are none.
    private volatile int waitedKeys;

    /// How a wait ended.
    sealed interface Wake {
        /// The lock is gone: try again.
        record Released() implements Wake {}

        /// This replica cannot tell any more when the lock goes.
        record Rerouted(RegionError error) implements Wake {}
    }

    /// A statement in line.
    record Waiter(ByteSlice key, Promise<Wake> wake) {}

    /// Stands in line. Called under the key's latch, so that no removal is missed.
    ///
    /// @param first one that was woken before and lost the lock to a newcomer goes to the front
    Waiter enlist(ByteSlice key, boolean first) {
        Waiter waiter = new Waiter(key, new Promise<>());
        lock.lock();
        try {
            Deque<Waiter> queue = queues.computeIfAbsent(key, _ -> new ArrayDeque<>(2));
            if (first) {
                queue.addFirst(waiter);
            } else {
                queue.addLast(waiter);
            }
            waitedKeys = queues.size();
        } finally {
            lock.unlock();
        }
        return waiter;
    }

    /// Leaves the line, woken or not.
    void delist(Waiter waiter) {
        lock.lock();
        try {
            Deque<Waiter> queue = queues.get(waiter.key);
            if (queue != null) {
                queue.removeIf(other -> other == waiter);
                forgetIfEmpty(waiter.key, queue);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return waitedKeys == 0;
    }

    boolean isWaitedFor(ByteSlice key) {
        lock.lock();
        try {
            return queues.containsKey(key);
        } finally {
            lock.unlock();
        }
    }

    /// The key's lock was removed.
    void wakeFirst(ByteSlice key) {
        Waiter woken = null;
        lock.lock();
        try {
            Deque<Waiter> queue = queues.get(key);
            if (queue != null) {
                woken = queue.pollFirst();
                forgetIfEmpty(key, queue);
            }
        } finally {
            lock.unlock();
        }
        if (woken != null) {
            woken.wake.complete(new Wake.Released());
        }
    }

    /// Ends all waits: leadership was lost, or the borders changed.
    void rerouteAll(RegionError error) {
        List<Waiter> all = new ArrayList<>();
        lock.lock();
        try {
            queues.values().forEach(all::addAll);
            queues.clear();
            waitedKeys = 0;
        } finally {
            lock.unlock();
        }
        all.forEach(waiter -> waiter.wake.complete(new Wake.Rerouted(error)));
    }

    private void forgetIfEmpty(ByteSlice key, Deque<Waiter> queue) {
        if (queue.isEmpty()) {
            queues.remove(key);
            waitedKeys = queues.size();
        }
    }
}
