package io.quorate.pgwire.codec;

import io.quorate.common.bytes.ByteSlice;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one message's body.
final class MessageReader {
    private final ByteSlice body;
    private int position;

    MessageReader(ByteSlice body) {
        this.body = body;
    }

    int readByte() throws MalformedMessage {
        return bytes(1).get(0);
    }

    int int16() throws MalformedMessage {
        ByteSlice two = bytes(2);
        return (two.get(0) << 8) | (two.get(1) & 0xff);
    }

    int int32() throws MalformedMessage {
        return bytes(4).asByteBuffer().getInt();
    }

    String string() throws MalformedMessage {
        for (int end = position; end < body.length(); end++) {
            if (body.get(end) == 0) {
                String text = FrontendDecoder.utf8(body.slice(position, end));
                position = end + 1;
                return text;
            }
        }
        throw new MalformedMessage("invalid string in message", "08P01");
    }

    ByteSlice bytes(int count) throws MalformedMessage {
        if (count < 0 || count > body.length() - position) {
            throw new MalformedMessage("insufficient data left in message", "08P01");
        }
        position += count;
        return body.slice(position - count, position);
    }

    /// A length and so many bytes; null for length -1.
    @Nullable ByteSlice value() throws MalformedMessage {
        int length = int32();
        return length == -1 ? null : bytes(length);
    }

    int[] int16s() throws MalformedMessage {
        int[] values = new int[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = int16();
        }
        return values;
    }

    int count() throws MalformedMessage {
        return int16() & 0xffff;
    }

    void end() throws MalformedMessage {
        if (position != body.length()) {
            throw new MalformedMessage("invalid message format", "08P01");
        }
    }
}
