package io.quorate.pgwire.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.quorate.common.bytes.ByteSlice;
import io.quorate.pgwire.message.FrontendMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Cuts the byte stream into messages. Limits as PostgreSQL's: 10,000 bytes for a start-up packet and
/// for messages that have no business being long, 1 GiB for the others.
public final class FrontendDecoder extends ByteToMessageDecoder {
    private static final int STARTUP_BYTES_MAX = 10_000;
    private static final int SMALL_BYTES_MAX = 10_000;
    private static final int LARGE_BYTES_MAX = 0x3fff_fffe;
    private static final int CANCEL_CODE = 80877102;
    private static final int SSL_CODE = 80877103;
    private static final int GSS_CODE = 80877104;
    private static final String SMALL_MESSAGES = "SHDECXXcf";

    private boolean started;
    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
        } else if (started) {
            decodeMessage(in, out);
        } else {
            decodeOpening(in, out);
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        out.add(new FrontendMessage.Gone());
    }

    private void decodeOpening(ByteBuf in, List<Object> out) {
        if (in.readableBytes() < 8) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        if (length < 8 || length > STARTUP_BYTES_MAX) {
            breakOff(null, out);
            return;
        }
        if (in.readableBytes() < length) {
            return;
        }
        in.skipBytes(4);
        int code = in.readInt();
        ByteSlice body = read(in, length - 8);
        switch (code) {
            case SSL_CODE, GSS_CODE -> {
                if (in.isReadable()) {
                    // Bytes sent before the answer could pass for encrypted ones later.
                    breakOff(null, out);
                } else {
                    out.add(new FrontendMessage.EncryptionRequest());
                }
            }
            case CANCEL_CODE -> {
                if (body.length() < 8) {
                    breakOff(null, out);
                } else {
                    ByteBuffer fields = body.asByteBuffer();
                    out.add(new FrontendMessage.CancelRequest(fields.getInt(), body.slice(4)));
                }
            }
            default -> startup(code, body, out);
        }
    }

    private void startup(int code, ByteSlice body, List<Object> out) {
        int major = code >>> 16;
        if (major != 3) {
            // What speaks HTTP or an older protocol gets no further.
            breakOff(
                    major > 3 && major < 100
                            ? "unsupported frontend protocol "
                                    + major
                                    + "."
                                    + (code & 0xffff)
                                    + ": server supports 3.0 to 3.0"
                            : null,
                    out);
            return;
        }
        MessageReader reader = new MessageReader(body);
        Map<String, String> parameters = new LinkedHashMap<>();
        try {
            for (String name = reader.string(); !name.isEmpty(); name = reader.string()) {
                parameters.put(name, reader.string());
            }
        } catch (MalformedMessage e) {
            breakOff("invalid startup packet layout: expected terminator as last byte", out);
            return;
        }
        started = true;
        out.add(new FrontendMessage.Startup(major, code & 0xffff, parameters));
    }

    private void decodeMessage(ByteBuf in, List<Object> out) {
        if (in.readableBytes() < 5) {
            return;
        }
        char type = (char) in.getByte(in.readerIndex());
        if ("QPBDECSHXFdcf".indexOf(type) < 0) {
            breakOff("invalid frontend message type " + (int) type, out);
            return;
        }
        int length = in.getInt(in.readerIndex() + 1);
        int most = SMALL_MESSAGES.indexOf(type) >= 0 ? SMALL_BYTES_MAX : LARGE_BYTES_MAX;
        if (length < 4 || length > most) {
            breakOff(null, out);
            return;
        }
        if (in.readableBytes() < length + 1) {
            return;
        }
        in.skipBytes(5);
        ByteSlice body = read(in, length - 4);
        try {
            out.add(FrontendParser.parse(type, body));
        } catch (MalformedMessage malformed) {
            out.add(new FrontendMessage.Malformed(malformed.message(), malformed.sqlState()));
        }
    }

    private void breakOff(@org.jspecify.annotations.Nullable String error, List<Object> out) {
        broken = true;
        out.add(new FrontendMessage.Broken(error));
    }

    private static ByteSlice read(ByteBuf in, int count) {
        byte[] bytes = new byte[count];
        in.readBytes(bytes);
        return ByteSlice.wrap(bytes);
    }

    /// Strict UTF-8; PostgreSQL's error for anything else.
    static String utf8(ByteSlice bytes) throws MalformedMessage {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessage(
                    "invalid byte sequence for encoding \"UTF8\": " + firstInvalid(bytes), "22021");
        }
    }

    private static String firstInvalid(ByteSlice bytes) {
        ByteBuffer in = bytes.asByteBuffer();
        java.nio.CharBuffer sink = java.nio.CharBuffer.allocate(bytes.length() + 1);
        java.nio.charset.CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(in, sink, true);
        StringBuilder text = new StringBuilder();
        int count = result.isError() ? result.length() : 1;
        for (int i = 0; i < count && in.position() + i < bytes.length(); i++) {
            text.append(i == 0 ? "" : " ")
                    .append(String.format("0x%02x", bytes.get(in.position() + i)));
        }
        return text.toString();
    }
}
