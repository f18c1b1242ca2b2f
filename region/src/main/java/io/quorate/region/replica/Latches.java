package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets one command at a time work on a key: from reading the key's records until what it wants to
/// write is applied, or certainly will not be in this term.
///
/// A command queues up at all its keys in one step and runs when it is first at each, so commands get
/// their turn in the order they came and never wait for each other in a circle.
final class Latches {
    private final ReentrantLock lock = new ReentrantLock();

    /// Who holds a key (first) and who waits for it, in the order they came. Guarded by `lock`.
    private final Map<ByteSlice, Deque<Holding>> queues = new HashMap<>();

    /// A command's place in the queues of its keys.
    final class Holding {
        private final TreeSet<ByteSlice> keys;
        private final Promise<Boolean> turn = new Promise<>();

        /// Keys at which it is not first yet. Guarded by `lock`.
        private int awaited;

        private boolean released;

        private Holding(List<ByteSlice> keys) {
            this.keys = new TreeSet<>(keys);
        }

        /// Gives the keys to the next in line. Only once.
        void release() {
            leave(this);
        }
    }

    /// Waits for all the keys; null if that took longer than `timeoutNanos`.
    @Nullable Holding acquire(Env env, List<ByteSlice> keys, long timeoutNanos) {
        Holding holding = enqueue(keys);
        if (holding.turn.await(env, timeoutNanos) == null) {
            holding.release();
            return null;
        }
        return holding;
    }

    private Holding enqueue(List<ByteSlice> keys) {
        Holding holding = new Holding(keys);
        lock.lock();
        try {
            for (ByteSlice key : holding.keys) {
                Deque<Holding> queue = queues.computeIfAbsent(key, _ -> new ArrayDeque<>(2));
                if (!queue.isEmpty()) {
                    holding.awaited++;
                }
                queue.add(holding);
            }
            if (holding.awaited == 0) {
                holding.turn.complete(true);
            }
        } finally {
            lock.unlock();
        }
        return holding;
    }

    private void leave(Holding holding) {
        lock.lock();
        try {
            Check.that(!holding.released, "latches are released once");
            holding.released = true;
            for (ByteSlice key : holding.keys) {
                Deque<Holding> queue = Check.present(queues.get(key), "a latched key has a queue");
                boolean wasFirst = queue.peekFirst() == holding;
                queue.remove(holding);
                Holding next = queue.peekFirst();
                if (next == null) {
                    queues.remove(key);
                } else if (wasFirst && --next.awaited == 0) {
                    next.turn.complete(true);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
