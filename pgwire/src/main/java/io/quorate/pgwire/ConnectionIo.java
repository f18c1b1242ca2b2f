package io.quorate.pgwire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.env.Env;
import io.quorate.common.env.Mailbox;
import io.quorate.common.env.Promise;
import io.quorate.pgwire.message.FrontendMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The two ends of a connection as its virtual thread sees them: messages to wait for, a buffer to
/// send. Reading stops while too many messages wait; sending waits while the client does not read.
final class ConnectionIo extends SimpleChannelInboundHandler<FrontendMessage> {
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 4;
    private static final int WAITING_MAX = 256;
    private static final int BATCH = 64;

    private final Env env;
    private final Channel channel;
    private final Mailbox<FrontendMessage> mailbox = new Mailbox<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ArrayDeque<FrontendMessage> taken = new ArrayDeque<>();
    private final List<FrontendMessage> scratch = new ArrayList<>();
    private volatile Promise<Boolean> writable = Promise.completed(true);

    ConnectionIo(Env env, Channel channel) {
        super(FrontendMessage.class);
        this.env = env;
        this.channel = channel;
    }

    /// The next message; waits for it. [FrontendMessage.Gone] at the end, again and again.
    FrontendMessage next() {
        FrontendMessage message = taken.poll();
        while (message == null) {
            fetch(FOREVER_NANOS);
            message = taken.poll();
        }
        return message;
    }

    /// The next message if it is there already, without taking it.
    @Nullable FrontendMessage peek() {
        if (taken.isEmpty()) {
            fetch(0);
        }
        return taken.peek();
    }

    private void fetch(long waitNanos) {
        scratch.clear();
        int count = mailbox.drain(env, scratch, BATCH, waitNanos);
        taken.addAll(scratch);
        if (waiting.addAndGet(-count) <= WAITING_MAX / 2 && !channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
    }

    /// Sends what the buffer holds and empties it. Waits while the client does not keep up. Sending to
    /// a client that is gone does nothing: its end comes as a message.
    void send(ByteWriter buffer) {
        if (buffer.length() == 0) {
            return;
        }
        var bytes = channel.alloc().buffer(buffer.length());
        bytes.writeBytes(buffer.backingArray(), 0, buffer.length());
        buffer.clear();
        channel.writeAndFlush(bytes, channel.voidPromise());
        while (!channel.isWritable() && channel.isActive()) {
            Promise<Boolean> turn = writable;
            if (!turn.isDone()) {
                turn.await();
            } else if (!channel.isWritable() && channel.isActive()) {
                writable = new Promise<>();
                // Between the test and the new promise the channel may have become writable.
                channel.eventLoop().execute(this::tellWritable);
            }
        }
    }

    /// Sends one raw byte, the answer to an encryption request.
    void sendByte(char value) {
        ByteWriter one = new ByteWriter(1);
        one.putByte(value);
        send(one);
    }

    void post(FrontendMessage message) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            channel.config().setAutoRead(false);
        }
        mailbox.post(message);
    }

    void close() {
        channel.close();
    }

    String remoteAddress() {
        return String.valueOf(channel.remoteAddress());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FrontendMessage message) {
        post(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        writable.complete(true);
        post(new FrontendMessage.Gone());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        tellWritable();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
        // A reset or the like: the channel closes, and channelInactive tells the connection.
        context.close();
    }

    private void tellWritable() {
        if (channel.isWritable() || !channel.isActive()) {
            writable.complete(true);
        }
    }
}
