package io.quorate.server.net;

import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network of several nodes in one process: a call runs the other node's handler on the caller's
/// thread, a message is handed to its receiver.
public final class LocalHub {
    private static final Logger log = LoggerFactory.getLogger(LocalHub.class);

    private final Map<NodeId, Endpoint> endpoints = new ConcurrentHashMap<>();

    /// The network as one node sees it. Asked again for the same node, it is a new incarnation that
    /// serves nothing yet.
    public Network join(NodeId node) {
        Endpoint endpoint = new Endpoint(node);
        endpoints.put(node, endpoint);
        return endpoint;
    }

    /// From now on nobody reaches the node.
    public void leave(NodeId node) {
        endpoints.remove(node);
    }

    private final class Endpoint implements Network {
        private final NodeId node;
        private final Map<String, Handler<?, ?>> handlers = new ConcurrentHashMap<>();
        private final Map<String, Receiver<?>> receivers = new ConcurrentHashMap<>();

        private Endpoint(NodeId node) {
            this.node = node;
        }

        @Override
        public <Q, R> void serve(Service<Q, R> service, Handler<Q, R> handler) {
            handlers.put(service.name(), handler);
        }

        @Override
        public <M> void listen(Topic<M> topic, Receiver<M> receiver) {
            receivers.put(topic.name(), receiver);
        }

        @Override
        public <Q, R> CallResult<R> call(
                NodeId to, Service<Q, R> service, Q request, long timeoutNanos) {
            Endpoint target = endpoints.get(to);
            Handler<Q, R> handler = target == null ? null : target.handlerOf(service);
            if (handler == null) {
                return new CallResult.NotSent<>(to + " does not serve " + service.name());
            }
            try {
                return new CallResult.Answered<>(handler.handle(node, request));
            } catch (RuntimeException failure) {
                log.error("handler failed service={} node={}", service.name(), to, failure);
                return new CallResult.NoAnswer<>(String.valueOf(failure));
            }
        }

        @Override
        public <M> void send(NodeId to, Topic<M> topic, M message) {
            Endpoint target = endpoints.get(to);
            if (target != null) {
                Receiver<M> receiver = target.receiverOf(topic);
                if (receiver != null) {
                    receiver.receive(node, message);
                }
            }
        }

        /// A service's name fixes its types, so what was registered under it takes its requests.
        @SuppressWarnings("unchecked")
        private <Q, R> @Nullable Handler<Q, R> handlerOf(Service<Q, R> service) {
            return (Handler<Q, R>) handlers.get(service.name());
        }

        @SuppressWarnings("unchecked")
        private <M> @Nullable Receiver<M> receiverOf(Topic<M> topic) {
            return (Receiver<M>) receivers.get(topic.name());
        }
    }
}
