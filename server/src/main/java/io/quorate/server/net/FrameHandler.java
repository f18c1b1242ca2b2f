package io.quorate.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One end of a connection between nodes: turns length-delimited buffers into frames.
abstract class FrameHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Logger log = LoggerFactory.getLogger(FrameHandler.class);

    FrameHandler() {
        super(ByteBuf.class);
    }

    abstract void frame(Channel channel, Frame frame);

    abstract void closed();

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        try {
            frame(context.channel(), Frame.read(ByteSlice.wrap(bytes)));
        } catch (CorruptBytes corrupt) {
            log.warn(
                    "peer connection dropped remote={} reason=\"{}\"",
                    context.channel().remoteAddress(),
                    corrupt.getMessage());
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("peer connection failed remote={}", context.channel().remoteAddress(), cause);
        context.close();
    }

    static void send(Channel channel, Frame frame) {
        ByteWriter out = new ByteWriter(256);
        Frame.write(frame, out);
        ByteBuf buffer = channel.alloc().buffer(out.length());
        buffer.writeBytes(out.backingArray(), 0, out.length());
        channel.writeAndFlush(buffer, channel.voidPromise());
    }
}
