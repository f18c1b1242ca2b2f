package io.quorate.sim;

import io.quorate.common.check.Check;
import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The network as one life of a machine sees it.
///
/// Each request is handled on a thread of its own. Messages are received one after the other on one
/// thread per life, as by the event loop of a real network.
final class SimPort implements Network {
    private final SimEnv env;
    private final SimNetwork network;
    private final Map<String, Handler<?, ?>> handlers = new TreeMap<>();
    private final Map<String, Receiver<?>> receivers = new TreeMap<>();
    private final Set<PendingCall<?>> unanswered = new LinkedHashSet<>();
    private final Deque<Runnable> arrivals = new ArrayDeque<>();
    private @Nullable Thread receiverThread;
    private boolean receiving;

    SimPort(SimEnv env, SimNetwork network) {
        this.env = env;
        this.network = network;
    }

    NodeId node() {
        return env.node();
    }

    /// The calls that came here and were not answered yet, oldest first.
    Set<PendingCall<?>> unanswered() {
        return unanswered;
    }

    @Override
    public <Q, R> void serve(Service<Q, R> service, Handler<Q, R> handler) {
        Check.that(
                handlers.put(service.name(), handler) == null,
                "service %s is served once",
                service.name());
    }

    @Override
    public <M> void listen(Topic<M> topic, Receiver<M> receiver) {
        Check.that(
                receivers.put(topic.name(), receiver) == null,
                "topic %s is listened to once",
                topic.name());
        if (!receiving) {
            receiving = true;
            env.tasks().start("receive", this::receiveArrivals);
        }
    }

    @Override
    public <Q, R> CallResult<R> call(
            NodeId to, Service<Q, R> service, Q request, long timeoutNanos) {
        PendingCall<R> call = new PendingCall<>(this);
        long deadline = env.clock().nanos() + timeoutNanos;
        network.request(to, service, request, call);
        while (true) {
            CallResult<R> result = call.result();
            if (result != null) {
                return result;
            }
            long left = deadline - env.clock().nanos();
            if (left <= 0) {
                call.noAnswer("no answer from " + to + " in time");
            } else {
                env.tasks().parkNanos(left);
            }
        }
    }

    @Override
    public <M> void send(NodeId to, Topic<M> topic, M message) {
        network.message(node(), to, topic, message);
    }

    /// Starts the handler of a request that arrived; false if there is none.
    @SuppressWarnings("unchecked") // a service's name stands for its types
    <Q, R> boolean handle(Service<Q, R> service, NodeId from, Q request, PendingCall<R> call) {
        Handler<Q, R> handler = (Handler<Q, R>) handlers.get(service.name());
        if (handler == null) {
            return false;
        }
        unanswered.add(call);
        env.tasks()
                .start(
                        service.name(),
                        () -> {
                            R reply = handler.handle(from, request);
                            unanswered.remove(call);
                            network.reply(node(), service, reply, call);
                        });
        return true;
    }

    /// Takes a message that arrived.
    @SuppressWarnings("unchecked") // a topic's name stands for its type
    <M> void receive(Topic<M> topic, NodeId from, M message) {
        Receiver<M> receiver = (Receiver<M>) receivers.get(topic.name());
        if (receiver != null) {
            arrivals.add(() -> receiver.receive(from, message));
            LockSupport.unpark(receiverThread);
        }
    }

    private void receiveArrivals() {
        receiverThread = Thread.currentThread();
        while (true) {
            Runnable arrival = arrivals.poll();
            if (arrival == null) {
                LockSupport.park(this);
            } else {
                arrival.run();
            }
        }
    }
}
