package io.quorate.server.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// This node's connection to another, opened when it is needed and again after it broke.
final class Peer {
    private final NodeId id;
    private final InetSocketAddress address;
    private final Bootstrap bootstrap;
    private final Frame.Hello hello;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong nextCall = new AtomicLong();
    private @Nullable Promise<Link> link; // guarded by lock

    /// What came of opening a connection: a channel, or why there is none.
    private record Link(
            @Nullable Channel channel,
            String why,
            Map<Long, Promise<CallResult<ByteSlice>>> open) {}

    Peer(NodeId id, InetSocketAddress address, Bootstrap bootstrap, Frame.Hello hello) {
        this.id = id;
        this.address = address;
        this.bootstrap = bootstrap;
        this.hello = hello;
    }

    CallResult<ByteSlice> call(Env env, String service, ByteSlice request, long timeoutNanos) {
        Link connected = link().await(env, timeoutNanos);
        if (connected == null) {
            return new CallResult.NotSent<>("no connection to " + id + " in time");
        }
        Channel channel = connected.channel();
        if (channel == null) {
            return new CallResult.NotSent<>("no connection to " + id + ": " + connected.why());
        }
        long callId = nextCall.incrementAndGet();
        Promise<CallResult<ByteSlice>> answer = new Promise<>();
        connected.open().put(callId, answer);
        if (!channel.isActive()) {
            answer.complete(new CallResult.NoAnswer<>("connection to " + id + " closed"));
        }
        FrameHandler.send(channel, new Frame.Call(callId, service, request));
        CallResult<ByteSlice> result = answer.await(env, timeoutNanos);
        connected.open().remove(callId);
        return result == null
                ? new CallResult.NoAnswer<>("no answer from " + id + " in time")
                : result;
    }

    /// Drops the message while the peer does not keep up: it would be stale when it arrives, and
    /// whoever sent it sends it again.
    void send(Frame message) {
        Link connected = link().peek();
        Channel channel = connected == null ? null : connected.channel();
        if (channel != null && channel.isWritable()) {
            FrameHandler.send(channel, message);
        }
    }

    void close() {
        lock.lock();
        try {
            Link connected = link == null ? null : link.peek();
            Channel channel = connected == null ? null : connected.channel();
            if (channel != null) {
                channel.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The connection that stands or is being opened.
    private Promise<Link> link() {
        lock.lock();
        try {
            Promise<Link> now = link;
            if (now == null || isBroken(now)) {
                now = open();
                link = now;
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isBroken(Promise<Link> promise) {
        Link connected = promise.peek();
        if (connected == null) {
            return false;
        }
        Channel channel = connected.channel();
        return channel == null || !channel.isActive();
    }

    private Promise<Link> open() {
        Promise<Link> opened = new Promise<>();
        Map<Long, Promise<CallResult<ByteSlice>>> calls = new ConcurrentHashMap<>();
        bootstrap
                .clone()
                .handler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline()
                                        .addLast(TcpNetwork.framing(), new Outgoing(calls));
                            }
                        })
                .connect(address)
                .addListener((io.netty.channel.ChannelFuture future) -> {
                    if (future.isSuccess()) {
                        FrameHandler.send(future.channel(), hello);
                        opened.complete(new Link(future.channel(), "", calls));
                    } else {
                        opened.complete(new Link(null, String.valueOf(future.cause()), calls));
                    }
                });
        return opened;
    }

    /// Takes the replies to this node's calls.
    private final class Outgoing extends FrameHandler {
        private final Map<Long, Promise<CallResult<ByteSlice>>> calls;

        private Outgoing(Map<Long, Promise<CallResult<ByteSlice>>> calls) {
            this.calls = calls;
        }

        @Override
        void frame(Channel channel, Frame frame) {
            switch (frame) {
                case Frame.Reply reply ->
                        complete(reply.id(), new CallResult.Answered<>(reply.reply()));
                case Frame.Failed failed ->
                        complete(
                                failed.id(),
                                failed.ran()
                                        ? new CallResult.NoAnswer<>(failed.why())
                                        : new CallResult.NotSent<>(failed.why()));
                case Frame.Hello _, Frame.Call _, Frame.Message _ ->
                        throw new CorruptBytes("the called side sends replies only");
            }
        }

        @Override
        void closed() {
            calls.values()
                    .forEach(answer ->
                            answer.complete(
                                    new CallResult.NoAnswer<>("connection to " + id + " broke")));
        }

        private void complete(long callId, CallResult<ByteSlice> result) {
            Promise<CallResult<ByteSlice>> answer = calls.remove(callId);
            if (answer != null) {
                answer.complete(result);
            }
        }
    }
}
