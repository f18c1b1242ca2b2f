package io.quorate.raftstore;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Nodes of one process, each of which can be cut off. Messages go through their codec.
final class LoopbackNetwork {
    private final Map<NodeId, Port> ports = new ConcurrentHashMap<>();
    private final Set<NodeId> cutOff = ConcurrentHashMap.newKeySet();

    Network port(NodeId node) {
        Port port = new Port(node);
        ports.put(node, port);
        return port;
    }

    /// Messages from and to the node are lost from now on.
    void cutOff(NodeId node) {
        cutOff.add(node);
    }

    void heal(NodeId node) {
        cutOff.remove(node);
    }

    /// A node's end of the network; a new one for each start of the node.
    private final class Port implements Network {
        private final NodeId node;
        private final Map<String, Receiver<?>> receivers = new ConcurrentHashMap<>();
        private final Map<String, Handler<?, ?>> handlers = new ConcurrentHashMap<>();

        Port(NodeId node) {
            this.node = node;
        }

        @Override
        public <M> void listen(Topic<M> topic, Receiver<M> receiver) {
            receivers.put(topic.name(), receiver);
        }

        @Override
        public <M> void send(NodeId to, Topic<M> topic, M message) {
            @Nullable Port target = ports.get(to);
            if (target != null && !cutOff.contains(node) && !cutOff.contains(to)) {
                target.deliver(node, topic, message);
            }
        }

        @Override
        public <Q, R> void serve(Service<Q, R> service, Handler<Q, R> handler) {
            handlers.put(service.name(), handler);
        }

        /// Answers on the caller's thread.
        @Override
        @SuppressWarnings("unchecked") // a service's name stands for its types
        public <Q, R> CallResult<R> call(
                NodeId to, Service<Q, R> service, Q request, long timeoutNanos) {
            @Nullable Port target = ports.get(to);
            if (target == null || cutOff.contains(node) || cutOff.contains(to)) {
                return new CallResult.NotSent<>(to + " is cut off");
            }
            @Nullable Handler<?, ?> handler = target.handlers.get(service.name());
            if (handler == null) {
                return new CallResult.NotSent<>(to + " does not serve " + service.name());
            }
            Q copy = throughBytes(service.requests(), request);
            R reply = ((Handler<Q, R>) handler).handle(node, copy);
            return new CallResult.Answered<>(throughBytes(service.replies(), reply));
        }

        @SuppressWarnings("unchecked") // a topic's name stands for its type
        private <M> void deliver(NodeId from, Topic<M> topic, M message) {
            @Nullable Receiver<?> receiver = receivers.get(topic.name());
            if (receiver != null) {
                ((Receiver<M>) receiver).receive(from, throughBytes(topic.messages(), message));
            }
        }

        private static <M> M throughBytes(Codec<M> codec, M message) {
            ByteWriter out = new ByteWriter();
            codec.write(message, out);
            ByteReader in = new ByteReader(out.toSlice());
            M copy = codec.read(in);
            in.expectEnd();
            return copy;
        }
    }
}
