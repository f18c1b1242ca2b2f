package io.quorate.sim;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is to happen at which moment of virtual time; at the same moment, in the order of asking.
final class Timers {
    /// Cancelled timers stay queued until they come up or outnumber the others.
    private static final int CANCELLED_MIN = 64;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long sequence;
    private int cancelled;

    /// One thing to happen.
    final class Timer implements Comparable<Timer> {
        private final long atNanos;
        private final long order;
        private @Nullable Runnable action;

        private Timer(long atNanos, long order, Runnable action) {
            this.atNanos = atNanos;
            this.order = order;
            this.action = action;
        }

        long atNanos() {
            return atNanos;
        }

        /// It will not happen; does nothing if it did.
        void cancel() {
            if (action != null) {
                action = null;
                cancelled++;
                dropCancelled();
            }
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Timer add(long atNanos, Runnable action) {
        Timer timer = new Timer(atNanos, sequence++, action);
        queue.add(timer);
        return timer;
    }

    /// The moment of the next timer, or `Long.MAX_VALUE`.
    long nextNanos() {
        Timer head = head();
        return head == null ? Long.MAX_VALUE : head.atNanos;
    }

    /// Takes the action of the next timer if it is due.
    @Nullable Runnable takeDue(long nowNanos) {
        Timer head = head();
        if (head == null || head.atNanos > nowNanos) {
            return null;
        }
        queue.poll();
        Runnable action = head.action;
        head.action = null;
        return action;
    }

    private @Nullable Timer head() {
        Timer head = queue.peek();
        while (head != null && head.action == null) {
            queue.poll();
            cancelled--;
            head = queue.peek();
        }
        return head;
    }

    private void dropCancelled() {
        if (cancelled >= CANCELLED_MIN && cancelled > queue.size() / 2) {
            queue.removeIf(timer -> timer.action == null);
            cancelled = 0;
        }
    }
}
