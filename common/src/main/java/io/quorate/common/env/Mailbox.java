package io.quorate.common.env;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A queue with many senders and one receiver, which waits in it.
public final class Mailbox<T> {
    private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread receiver;

    public void post(T message) {
        queue.add(message);
        Thread waiting = receiver;
        if (waiting != null) {
            receiver = null;
            LockSupport.unpark(waiting);
        }
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /// Moves up to `most` messages to `target`, waiting for a first one at most `waitNanos` (0: not
    /// at all). Returns how many.
    public int drain(Env env, List<? super T> target, int most, long waitNanos) {
        int taken = takeNow(target, most);
        if (taken > 0 || waitNanos <= 0) {
            return taken;
        }
        long deadline = env.clock().nanos() + waitNanos;
        while (true) {
            receiver = Thread.currentThread();
            taken = takeNow(target, most);
            long left = deadline - env.clock().nanos();
            if (taken > 0 || left <= 0) {
                receiver = null;
                return taken;
            }
            env.tasks().parkNanos(left);
        }
    }

    private int takeNow(List<? super T> target, int most) {
        int taken = 0;
        while (taken < most) {
            T message = queue.poll();
            if (message == null) {
                break;
            }
            target.add(message);
            taken++;
        }
        return taken;
    }
}
