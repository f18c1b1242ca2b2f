package io.quorate.region;

import io.quorate.common.env.Env;
import io.quorate.common.env.Promise;
import io.quorate.common.env.Tasks;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.replica.ReplicaContext;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Flushes the engine when much, or something old, is not durable yet, so that the Raft log before it
/// may go. A store that nobody writes to flushes nothing.
final class FlushLoop implements ReplicaContext.Written {
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final Env env;
    private final StorageEngine engine;
    private final RegionStoreOptions options;
    private final Runnable afterFlush;
    private final AtomicLong unflushedBytes = new AtomicLong();
    private final LongAdder flushes;
    private final Promise<Boolean> stopped = new Promise<>();
    private volatile boolean wanted;
    private Tasks.@Nullable Task task;

    /// @param afterFlush called after each flush, on the loop's thread
    FlushLoop(Env env, StorageEngine engine, RegionStoreOptions options, Runnable afterFlush) {
        this.env = env;
        this.engine = engine;
        this.options = options;
        this.afterFlush = afterFlush;
        flushes = env.metrics().counter("quorate_region_flushes_total");
        env.metrics().gauge("quorate_region_unflushed_bytes", unflushedBytes::get);
    }

    @Override
    public void add(long bytes) {
        unflushedBytes.addAndGet(bytes);
    }

    @Override
    public void flushSoon() {
        wanted = true;
    }

    void start() {
        task = env.tasks().start("region-flush", this::run);
    }

    /// Ends the loop and waits for a flush under way.
    void stop() {
        stopped.complete(true);
        if (task != null) {
            task.join();
        }
    }

    private void run() {
        long flushedAt = env.clock().nanos();
        while (stopped.await(env, LOOK_NANOS) == null) {
            long bytes = unflushedBytes.get();
            boolean old = env.clock().nanos() - flushedAt >= options.flushIntervalNanos();
            if (wanted || bytes >= options.flushBytes() || (bytes > 0 && old)) {
                wanted = false;
                engine.flush();
                unflushedBytes.addAndGet(-bytes);
                flushes.increment();
                flushedAt = env.clock().nanos();
                afterFlush.run();
            }
        }
    }
}
