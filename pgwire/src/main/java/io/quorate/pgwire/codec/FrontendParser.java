package io.quorate.pgwire.codec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.pgwire.message.FrontendMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of each kind of message.
final class FrontendParser {
    private FrontendParser() {}

    static FrontendMessage parse(char type, ByteSlice body) throws MalformedMessage {
        MessageReader in = new MessageReader(body);
        FrontendMessage message =
                switch (type) {
                    case 'Q' -> new FrontendMessage.Query(in.string());
                    case 'P' -> parseMessage(in);
                    case 'B' -> bind(in);
                    case 'D' -> describe(in);
                    case 'E' -> new FrontendMessage.Execute(in.string(), in.int32());
                    case 'C' -> close(in);
                    case 'H' -> new FrontendMessage.Flush();
                    case 'S' -> new FrontendMessage.Sync();
                    case 'X' -> new FrontendMessage.Terminate();
                    case 'd' -> new FrontendMessage.CopyData(in.bytes(body.length()));
                    case 'c' -> new FrontendMessage.CopyDone();
                    case 'f' -> new FrontendMessage.CopyFail(in.string());
                    case 'F' -> {
                        in.bytes(body.length());
                        yield new FrontendMessage.FunctionCall();
                    }
                    default -> throw new MalformedMessage("invalid message type", "08P01");
                };
        in.end();
        return message;
    }

    private static FrontendMessage parseMessage(MessageReader in) throws MalformedMessage {
        String statement = in.string();
        String sql = in.string();
        int[] types = new int[in.count()];
        for (int i = 0; i < types.length; i++) {
            types[i] = in.int32();
        }
        return new FrontendMessage.Parse(statement, sql, types);
    }

    private static FrontendMessage bind(MessageReader in) throws MalformedMessage {
        String portal = in.string();
        String statement = in.string();
        int[] parameterFormats = formats(in);
        int count = in.count();
        List<@Nullable ByteSlice> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.value());
        }
        return new FrontendMessage.Bind(portal, statement, parameterFormats, values, formats(in));
    }

    private static int[] formats(MessageReader in) throws MalformedMessage {
        int[] formats = in.int16s();
        for (int format : formats) {
            if (format != 0 && format != 1) {
                throw new MalformedMessage("unsupported format code: " + format, "22023");
            }
        }
        return formats;
    }

    private static FrontendMessage describe(MessageReader in) throws MalformedMessage {
        int kind = in.readByte();
        String name = in.string();
        return switch (kind) {
            case 'S' -> new FrontendMessage.DescribeStatement(name);
            case 'P' -> new FrontendMessage.DescribePortal(name);
            default ->
                    throw new MalformedMessage("invalid DESCRIBE message subtype " + kind, "08P01");
        };
    }

    private static FrontendMessage close(MessageReader in) throws MalformedMessage {
        int kind = in.readByte();
        String name = in.string();
        return switch (kind) {
            case 'S' -> new FrontendMessage.CloseStatement(name);
            case 'P' -> new FrontendMessage.ClosePortal(name);
            default -> throw new MalformedMessage("invalid CLOSE message subtype " + kind, "08P01");
        };
    }
}
