package io.quorate.pgwire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.quorate.common.env.Env;
import io.quorate.pgwire.codec.FrontendDecoder;
import io.quorate.sql.api.SqlEngine;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Listens for PostgreSQL clients and gives each a session of one SQL engine.
public final class PgServer implements AutoCloseable {
    private static final int EVENT_LOOPS = 1;
    private static final int BACKLOG = 256;

    /// How long all connections together may take to end.
    private static final long CLOSE_NANOS = 2_000_000_000L;

    private final Env env;
    private final SqlEngine engine;
    private final CancelKeys cancelKeys = new CancelKeys();
    private final Set<PgConnection> connections = ConcurrentHashMap.newKeySet();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(EVENT_LOOPS, NioIoHandler.newFactory());
    private final LongAdder accepted;
    private final Channel listener;

    /// Binds to the address (port 0: any) and begins to accept. Throws
    /// [java.net.BindException] when the port is taken.
    public static PgServer start(Env env, SqlEngine engine, InetSocketAddress address) {
        return new PgServer(env, engine, address);
    }

    private PgServer(Env env, SqlEngine engine, InetSocketAddress address) {
        this.env = env;
        this.engine = engine;
        accepted = env.metrics().counter("quorate_pgwire_connections_total");
        env.metrics().gauge("quorate_pgwire_connections_open", connections::size);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        accept(channel);
                                    }
                                });
        try {
            listener = bootstrap.bind(address).syncUninterruptibly().channel();
        } catch (RuntimeException | Error e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
    }

    /// The port it listens on.
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// Stops accepting, tells every client that the server shuts down, and ends the loops.
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        connections.forEach(PgConnection::shutDown);
        long deadline = env.clock().nanos() + CLOSE_NANOS;
        connections.forEach(connection -> connection.awaitEnd(deadline - env.clock().nanos()));
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void accept(SocketChannel channel) {
        accepted.increment();
        ConnectionIo io = new ConnectionIo(env, channel);
        channel.pipeline().addLast(new FrontendDecoder(), io);
        PgConnection connection = new PgConnection(env, engine, cancelKeys, io);
        connections.add(connection);
        connection.start(() -> connections.remove(connection));
    }
}
