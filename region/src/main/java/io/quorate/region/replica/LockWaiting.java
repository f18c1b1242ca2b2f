package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest.PessimisticLock;
import io.quorate.region.command.PessimisticLockCommand;
import org.jspecify.annotations.Nullable;

/// Takes pessimistic locks, waiting where others hold them.
///
/// A lock that goes wakes the first in line only. If that one does not take the lock after all (the
/// version that the holder left is a conflict for it, say), its transaction will probably come back
/// at once with a newer timestamp; so the next in line is woken only after a moment, which the first
/// can use, and not all of them at once for nothing.
final class LockWaiting {
    private static final long GRACE_NANOS = 20_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final ReplicaContext context;
    private final WritePipeline pipeline;
    private final LockWaiters waiters;
    private final Leadership leadership;
    private final Routing routing;

    LockWaiting(
            ReplicaContext context,
            WritePipeline pipeline,
            LockWaiters waiters,
            Leadership leadership,
            Routing routing) {
        this.context = context;
        this.pipeline = pipeline;
        this.waiters = waiters;
        this.leadership = leadership;
        this.routing = routing;
    }

    /// @param tryNanos how long each try may take, waiting for locks aside
    RegionReply lock(PessimisticLock request, long tryNanos) {
        PessimisticLockCommand command = new PessimisticLockCommand(request);
        if (request.waitMillis() <= 0) {
            Deadline deadline = Deadline.in(context.env(), tryNanos);
            return pipeline.run(request.header(), command, deadline);
        }
        ByteSlice wokenFor = null;
        while (true) {
            Deadline deadline = Deadline.in(context.env(), tryNanos);
            WritePipeline.Line line =
                    wokenFor == null ? WritePipeline.Line.BACK : WritePipeline.Line.FRONT;
            switch (pipeline.tryOnce(request.header(), command, deadline, line)) {
                case WritePipeline.Try.Replied replied -> {
                    passOn(wokenFor, replied.reply());
                    return replied.reply();
                }
                case WritePipeline.Try.MustWait mustWait -> {
                    ByteSlice key = mustWait.waiter().key();
                    if (wokenFor != null && !wokenFor.equals(key)) {
                        wakeNextSoon(wokenFor);
                    }
                    RegionReply ended = await(mustWait, request);
                    if (ended != null) {
                        return ended;
                    }
                    wokenFor = key;
                }
            }
        }
    }

    /// Null once the lock is gone.
    private @Nullable RegionReply await(WritePipeline.Try.MustWait wait, PessimisticLock request) {
        context.metrics().lockWaits().increment();
        LockWaiters.Waiter waiter = wait.waiter();
        // What ended before we stood in line nobody else will tell us.
        RegionError stale =
                leadership.current() == null
                        ? routing.notLeading()
                        : routing.staleEpoch(request.header());
        if (stale != null) {
            waiters.delist(waiter);
            return stale;
        }
        Env env = context.env();
        LockWaiters.Wake wake = waiter.wake().await(env, request.waitMillis() * NANOS_PER_MILLI);
        if (wake == null) {
            waiters.delist(waiter);
            wake = waiter.wake().peek();
        }
        return switch (wake) {
            case null -> RegionReply.Locked.refused(new KeyError.WaitTimeout(wait.locked().lock()));
            case LockWaiters.Wake.Released _ -> null;
            case LockWaiters.Wake.Rerouted rerouted -> rerouted.error();
        };
    }

    private void passOn(@Nullable ByteSlice wokenFor, RegionReply reply) {
        boolean taken = reply instanceof RegionReply.Locked locked && locked.error() == null;
        boolean rerouted = reply instanceof RegionError;
        if (wokenFor != null && !taken && !rerouted) {
            wakeNextSoon(wokenFor);
        }
    }

    private void wakeNextSoon(ByteSlice key) {
        if (waiters.isWaitedFor(key)) {
            Env env = context.env();
            env.tasks()
                    .start(
                            "wake-lock-waiter",
                            () -> {
                                env.tasks().sleepNanos(GRACE_NANOS);
                                waiters.wakeFirst(key);
                            });
        }
    }
}
