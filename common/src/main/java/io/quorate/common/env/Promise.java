package io.quorate.common.env;

import io.quorate.common.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A value that one thread will give and others wait for. It is completed once; later tries are
/// ignored and answered with false. Values are never null.
public final class Promise<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Thread> waiters = new ArrayList<>(1);
    private final List<Consumer<? super T>> listeners = new ArrayList<>(0);
    private volatile @Nullable T value;

    public static <T> Promise<T> completed(T value) {
        Promise<T> promise = new Promise<>();
        promise.complete(value);
        return promise;
    }

    /// Gives the value; true if this call was the first.
    public boolean complete(T newValue) {
        List<Consumer<? super T>> toTell;
        lock.lock();
        try {
            if (value != null) {
                return false;
            }
            value = newValue;
            toTell = List.copyOf(listeners);
            waiters.forEach(LockSupport::unpark);
            waiters.clear();
        } finally {
            lock.unlock();
        }
        toTell.forEach(listener -> listener.accept(newValue));
        return true;
    }

    /// The value, or null if it was not given yet.
    public @Nullable T peek() {
        return value;
    }

    public boolean isDone() {
        return value != null;
    }

    /// Waits at most `timeoutNanos`; null if the time passed first.
    public @Nullable T await(Env env, long timeoutNanos) {
        T now = value;
        if (now != null) {
            return now;
        }
        long deadline = env.clock().nanos() + timeoutNanos;
        enlist();
        try {
            while (true) {
                now = value;
                if (now != null) {
                    return now;
                }
                long left = deadline - env.clock().nanos();
                if (left <= 0) {
                    return null;
                }
                env.tasks().parkNanos(left);
            }
        } finally {
            delist();
        }
    }

    /// Waits without end.
    public T await() {
        enlist();
        try {
            while (true) {
                T now = value;
                if (now != null) {
                    return now;
                }
                LockSupport.park(this);
                Check.that(
                        !Thread.currentThread().isInterrupted(),
                        "a waiting thread is never interrupted");
            }
        } finally {
            delist();
        }
    }

    /// Calls `listener` with the value: at once if it is there, otherwise on the thread that gives
    /// it. The listener must be short and never block.
    public void whenDone(Consumer<? super T> listener) {
        T now;
        lock.lock();
        try {
            now = value;
            if (now == null) {
                listeners.add(listener);
                return;
            }
        } finally {
            lock.unlock();
        }
        listener.accept(now);
    }

    private void enlist() {
        lock.lock();
        try {
            if (value == null) {
                waiters.add(Thread.currentThread());
            }
        } finally {
            lock.unlock();
        }
    }

    private void delist() {
        lock.lock();
        try {
            waiters.remove(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }
}
