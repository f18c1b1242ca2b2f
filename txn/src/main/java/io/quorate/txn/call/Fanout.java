package io.quorate.txn.call;

import io.quorate.common.env.Env;
import io.quorate.common.env.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs several pieces of work at once, the calling thread among the workers, and waits for all.
public final class Fanout {
    /// How many run at the same time at most.
    private static final int WIDTH = 16;

    private Fanout() {}

    /// The results in the order of the work. If some fail, the first of them in that order is thrown,
    /// after all have ended.
    public static <T> List<T> all(Env env, String name, List<Supplier<T>> work) {
        List<Slot<T>> slots = new ArrayList<>(work.size());
        work.forEach(piece -> slots.add(new Slot<>(piece)));
        AtomicInteger next = new AtomicInteger();
        int helpers = Math.min(WIDTH, work.size()) - 1;
        List<Promise<Boolean>> ended = new ArrayList<>();
        for (int i = 0; i < helpers; i++) {
            Promise<Boolean> end = new Promise<>();
            ended.add(end);
            env.tasks()
                    .start(
                            name,
                            () -> {
                                try {
                                    drain(slots, next);
                                } finally {
                                    end.complete(true);
                                }
                            });
        }
        drain(slots, next);
        ended.forEach(Promise::await);
        List<T> results = new ArrayList<>(work.size());
        slots.forEach(slot -> results.add(slot.result()));
        return results;
    }

    private static <T> void drain(List<Slot<T>> slots, AtomicInteger next) {
        int index = next.getAndIncrement();
        while (index < slots.size()) {
            slots.get(index).run();
            index = next.getAndIncrement();
        }
    }

    /// One piece of work and what came of it. Written by the worker before it completes its promise,
    /// read by the caller afterwards.
    private static final class Slot<T> {
        private final Supplier<T> work;
        private @Nullable T value;
        private @Nullable RuntimeException failure;
        private @Nullable Error error;

        Slot(Supplier<T> work) {
            this.work = work;
        }

        void run() {
            try {
                value = work.get();
            } catch (RuntimeException thrown) {
                failure = thrown;
            } catch (Error thrown) {
                error = thrown;
                throw thrown;
            }
        }

        T result() {
            if (error != null) {
                throw error;
            }
            if (failure != null) {
                throw failure;
            }
            if (value == null) {
                throw new IllegalStateException("work of a fan-out gives a value");
            }
            return value;
        }
    }
}
