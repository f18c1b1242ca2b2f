package io.quorate.server.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network between processes. Each node keeps one connection to every other, over which its calls
/// go out and their replies come back; its messages travel there too.
public final class TcpNetwork implements Network, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TcpNetwork.class);

    /// Bytes that may wait for a peer before messages to it are dropped.
    private static final int QUEUED_BYTES_MAX = 64 << 20;

    private final NodeId node;
    private final long clusterId;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<NodeId, Peer> peers = new TreeMap<>();
    private final Map<String, Served<?, ?>> served = new ConcurrentHashMap<>();
    private final Map<String, Listened<?>> listened = new ConcurrentHashMap<>();
    private final Channel listener;
    private volatile @Nullable Env env;

    private record Served<Q, R>(Service<Q, R> service, Handler<Q, R> handler) {
        ByteSlice answer(NodeId from, ByteSlice request) {
            return encode(
                    service.replies(), handler.handle(from, decode(service.requests(), request)));
        }
    }

    private record Listened<M>(Topic<M> topic, Receiver<M> receiver) {
        void take(NodeId from, ByteSlice message) {
            receiver.receive(from, decode(topic.messages(), message));
        }
    }

    /// Listens on `address`; `others` are the addresses of the other nodes. Connections of another
    /// cluster are refused.
    public TcpNetwork(
            NodeId node,
            long clusterId,
            InetSocketAddress address,
            Map<NodeId, InetSocketAddress> others) {
        this.node = node;
        this.clusterId = clusterId;
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000)
                        .option(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(QUEUED_BYTES_MAX / 2, QUEUED_BYTES_MAX));
        others.forEach((id, at) -> peers.put(id, new Peer(id, at, bootstrap, hello())));
        try {
            listener =
                    new ServerBootstrap()
                            .group(loops)
                            .channel(NioServerSocketChannel.class)
                            .option(ChannelOption.SO_REUSEADDR, true)
                            .childOption(ChannelOption.TCP_NODELAY, true)
                            .childHandler(
                                    new ChannelInitializer<SocketChannel>() {
                                        @Override
                                        protected void initChannel(SocketChannel channel) {
                                            channel.pipeline().addLast(framing(), new Incoming());
                                        }
                                    })
                            .bind(address)
                            .syncUninterruptibly()
                            .channel();
        } catch (RuntimeException | Error e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
    }

    /// Gives it the environment it is part of. Must come before the first call.
    public void attach(Env nodeEnv) {
        env = nodeEnv;
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public <Q, R> void serve(Service<Q, R> service, Handler<Q, R> handler) {
        served.put(service.name(), new Served<>(service, handler));
    }

    @Override
    public <M> void listen(Topic<M> topic, Receiver<M> receiver) {
        listened.put(topic.name(), new Listened<>(topic, receiver));
    }

    @Override
    public <Q, R> CallResult<R> call(
            NodeId to, Service<Q, R> service, Q request, long timeoutNanos) {
        if (to.equals(node)) {
            return callSelf(service, request);
        }
        Peer peer = peers.get(to);
        if (peer == null) {
            return new CallResult.NotSent<>(to + " is not a node of this cluster");
        }
        return switch (peer.call(
                env(), service.name(), encode(service.requests(), request), timeoutNanos)) {
            case CallResult.Answered<ByteSlice> answered ->
                    new CallResult.Answered<>(decode(service.replies(), answered.reply()));
            case CallResult.NotSent<ByteSlice> notSent -> new CallResult.NotSent<>(notSent.why());
            case CallResult.NoAnswer<ByteSlice> none -> new CallResult.NoAnswer<>(none.why());
        };
    }

    @Override
    public <M> void send(NodeId to, Topic<M> topic, M message) {
        Peer peer = peers.get(to);
        if (peer != null) {
            peer.send(new Frame.Message(topic.name(), encode(topic.messages(), message)));
        }
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        peers.values().forEach(Peer::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// A service's name fixes its types.
    @SuppressWarnings("unchecked")
    private <Q, R> CallResult<R> callSelf(Service<Q, R> service, Q request) {
        Served<Q, R> target = (Served<Q, R>) served.get(service.name());
        if (target == null) {
            return new CallResult.NotSent<>("this node does not serve " + service.name());
        }
        try {
            return new CallResult.Answered<>(target.handler().handle(node, request));
        } catch (RuntimeException failure) {
            log.error("handler failed service={}", service.name(), failure);
            return new CallResult.NoAnswer<>(String.valueOf(failure));
        }
    }

    private Env env() {
        Env attached = env;
        if (attached == null) {
            throw new IllegalStateException("attach(env) comes before the first call");
        }
        return attached;
    }

    private Frame.Hello hello() {
        return new Frame.Hello(clusterId, node.value());
    }

    static LengthFieldBasedFrameDecoder framing() {
        return new LengthFieldBasedFrameDecoder(Frame.BYTES_MAX, 0, 4, 0, 4);
    }

    private static <T> ByteSlice encode(Codec<T> codec, T value) {
        ByteWriter out = new ByteWriter(128);
        codec.write(value, out);
        return out.toSlice();
    }

    private static <T> T decode(Codec<T> codec, ByteSlice bytes) {
        return codec.read(new ByteReader(bytes));
    }

    /// A connection that another node opened.
    private final class Incoming extends FrameHandler {
        private @Nullable NodeId from;

        @Override
        void frame(Channel channel, Frame frame) {
            NodeId sender = from;
            if (sender == null) {
                greet(frame);
                return;
            }
            switch (frame) {
                case Frame.Call call -> answer(channel, sender, call);
                case Frame.Message message -> take(sender, message);
                case Frame.Hello _, Frame.Reply _, Frame.Failed _ ->
                        throw new CorruptBytes("a caller sends calls and messages only");
            }
        }

        @Override
        void closed() {}

        private void greet(Frame frame) {
            if (!(frame instanceof Frame.Hello hello)) {
                throw new CorruptBytes("a connection begins with a greeting");
            }
            if (hello.clusterId() != clusterId) {
                throw new CorruptBytes("a node of another cluster: " + hello.clusterId());
            }
            from = new NodeId(hello.node());
        }

        private void answer(Channel channel, NodeId sender, Frame.Call call) {
            Served<?, ?> target = served.get(call.service());
            if (target == null) {
                FrameHandler.send(
                        channel,
                        new Frame.Failed(call.id(), "does not serve " + call.service(), false));
                return;
            }
            env().tasks()
                    .start(
                            "rpc-" + call.service(),
                            () -> {
                                Frame reply;
                                try {
                                    reply =
                                            new Frame.Reply(
                                                    call.id(),
                                                    target.answer(sender, call.request()));
                                } catch (RuntimeException failure) {
                                    log.error("handler failed service={}", call.service(), failure);
                                    reply =
                                            new Frame.Failed(
                                                    call.id(), String.valueOf(failure), true);
                                }
                                FrameHandler.send(channel, reply);
                            });
        }

        private void take(NodeId sender, Frame.Message message) {
            Listened<?> target = listened.get(message.topic());
            if (target != null) {
                target.take(sender, message.message());
            }
        }
    }
}
