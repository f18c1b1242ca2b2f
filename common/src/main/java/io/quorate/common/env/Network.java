package io.quorate.common.env;

import io.quorate.common.codec.Codec;

/// How nodes talk. Requests, replies and messages are immutable records: inside one process they
/// are handed over as they are, and only on the way out of it does a codec make bytes of them.
public interface Network {
    /// A kind of call: a request from any node, answered by a handler that may block.
    record Service<Q, R>(String name, Codec<Q> requests, Codec<R> replies) {}

    /// A kind of message without an answer, which may be lost, doubled or overtaken.
    record Topic<M>(String name, Codec<M> messages) {}

    /// What came of a call.
    sealed interface CallResult<R> {
        record Answered<R>(R reply) implements CallResult<R> {}

        /// The request certainly never ran.
        record NotSent<R>(String why) implements CallResult<R> {}

        /// The request may have run, or may yet run: no answer in time, or the connection broke.
        record NoAnswer<R>(String why) implements CallResult<R> {}
    }

    /// Answers the calls of a service on this node, each on a virtual thread. Only once per service.
    <Q, R> void serve(Service<Q, R> service, Handler<Q, R> handler);

    /// Takes the messages of a topic on this node. The receiver must not block: it posts to a
    /// mailbox. Only once per topic.
    <M> void listen(Topic<M> topic, Receiver<M> receiver);

    /// Calls another node, or this one, and waits at most `timeoutNanos`.
    <Q, R> CallResult<R> call(NodeId to, Service<Q, R> service, Q request, long timeoutNanos);

    /// Sends a message and forgets it. Never blocks.
    <M> void send(NodeId to, Topic<M> topic, M message);

    /// Answers one request. A thrown exception is logged and the caller gets no answer: expected
    /// failures are part of the reply type.
    interface Handler<Q, R> {
        R handle(NodeId from, Q request);
    }

    interface Receiver<M> {
        void receive(NodeId from, M message);
    }
}
