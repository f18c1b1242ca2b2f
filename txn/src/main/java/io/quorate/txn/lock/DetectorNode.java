package io.quorate.txn.lock;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.Network.Service;
import io.quorate.common.env.NodeId;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.DetectorHost;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A node's share in finding deadlocks: it tells the host of its waiters, and is the host itself where
/// it leads the oracle's group.
///
/// Nothing here is needed for safety. When the host changes, the new one learns the waits within one
/// slice of waiting; when it cannot be reached, waiters wait until their timeout.
public final class DetectorNode {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long CALL_NANOS = 200 * NANOS_PER_MILLI;

    private final Env env;
    private final DetectorHost host;
    private final Service<DetectorRequest, DetectorReply> service = DetectorCodecs.service();
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by `lock`.
    private final DeadlockDetector detector = new DeadlockDetector();

    public DetectorNode(Env env, DetectorHost host) {
        this.env = env;
        this.host = host;
        env.network().serve(service, (_, request) -> handle(request));
        env.metrics().gauge("quorate_txn_waiters", this::waiters);
    }

    /// Tells the host that `waiter` waits for `holder`, for `ttlMillis` unless told again. Returns a
    /// circle in which the waiter has to give way, or nothing.
    List<Timestamp> waits(Timestamp waiter, Timestamp holder, long ttlMillis) {
        DetectorReply reply = ask(new DetectorRequest.Waits(waiter, holder, ttlMillis));
        return reply instanceof DetectorReply.Deadlock(List<Timestamp> circle) ? circle : List.of();
    }

    void waitsNoMore(Timestamp waiter) {
        ask(new DetectorRequest.WaitsNoMore(waiter));
    }

    private DetectorReply ask(DetectorRequest request) {
        @Nullable NodeId at = host.node();
        if (at == null) {
            return new DetectorReply.NotHost();
        }
        if (at.equals(env.node())) {
            return handle(request);
        }
        return switch (env.network().call(at, service, request, CALL_NANOS)) {
            case CallResult.Answered<DetectorReply>(DetectorReply reply) -> reply;
            case CallResult.NotSent<DetectorReply> _ -> new DetectorReply.NotHost();
            case CallResult.NoAnswer<DetectorReply> _ -> new DetectorReply.NotHost();
        };
    }

    private DetectorReply handle(DetectorRequest request) {
        if (!env.node().equals(host.node())) {
            return new DetectorReply.NotHost();
        }
        lock.lock();
        try {
            return switch (request) {
                case DetectorRequest.Waits(Timestamp waiter, Timestamp holder, long ttlMillis) -> {
                    long now = env.clock().nanos();
                    List<Timestamp> circle =
                            detector.register(waiter, holder, now, ttlMillis * NANOS_PER_MILLI);
                    Check.that(
                            circle.isEmpty() || circle.getFirst().equals(waiter),
                            "a circle begins with whom it is told to");
                    yield circle.isEmpty()
                            ? new DetectorReply.KeepWaiting()
                            : new DetectorReply.Deadlock(circle);
                }
                case DetectorRequest.WaitsNoMore(Timestamp waiter) -> {
                    detector.remove(waiter);
                    yield new DetectorReply.KeepWaiting();
                }
            };
        } finally {
            lock.unlock();
        }
    }

    private long waiters() {
        lock.lock();
        try {
            return detector.size();
        } finally {
            lock.unlock();
        }
    }
}
