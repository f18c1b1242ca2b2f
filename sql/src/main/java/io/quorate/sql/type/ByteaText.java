package io.quorate.sql.type;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The two text forms of bytea: `\x0aff`, and the old one with octal escapes. Both are read.
final class ByteaText {
    private static final HexFormat HEX = HexFormat.of();

    private ByteaText() {}

    static String format(ByteSlice bytes, boolean hex) {
        if (hex) {
            return "\\x" + HEX.formatHex(bytes.toByteArray());
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.get(i) & 0xff;
            if (b == '\\') {
                text.append("\\\\");
            } else if (b < 0x20 || b > 0x7e) {
                text.append(String.format("\\%03o", b));
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }

    static ByteSlice parse(String text) {
        return text.startsWith("\\x") ? parseHex(text, 2) : parseEscaped(text);
    }

    /// Hexadecimal digits from an offset on, blanks between the pairs allowed.
    static ByteSlice parseHex(String text, int from) {
        ByteWriter bytes = new ByteWriter(text.length() / 2 + 1);
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                i++;
                continue;
            }
            int high = digit(text, i);
            if (i + 1 >= text.length()) {
                throw TypeErrors.invalidParameter("invalid hexadecimal data: odd number of digits");
            }
            bytes.putByte(high << 4 | digit(text, i + 1));
            i += 2;
        }
        return bytes.toSlice();
    }

    private static int digit(String text, int index) {
        int value = Character.digit(text.charAt(index), 16);
        if (value < 0 || text.charAt(index) > 'f') {
            String shown = Character.toString(text.codePointAt(index));
            throw TypeErrors.invalidParameter("invalid hexadecimal digit: \"" + shown + "\"");
        }
        return value;
    }

    private static ByteSlice parseEscaped(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteWriter bytes = new ByteWriter(raw.length);
        int i = 0;
        while (i < raw.length) {
            if (raw[i] != '\\') {
                bytes.putByte(raw[i++]);
            } else if (i + 1 < raw.length && raw[i + 1] == '\\') {
                bytes.putByte('\\');
                i += 2;
            } else if (i + 3 < raw.length
                    && raw[i + 1] >= '0'
                    && raw[i + 1] <= '3'
                    && isOctal(raw[i + 2])
                    && isOctal(raw[i + 3])) {
                bytes.putByte((raw[i + 1] - '0') << 6 | (raw[i + 2] - '0') << 3 | raw[i + 3] - '0');
                i += 4;
            } else {
                throw new QuorateException(
                        ErrorCode.INVALID_TEXT_REPRESENTATION,
                        "invalid input syntax for type bytea");
            }
        }
        return bytes.toSlice();
    }

    private static boolean isOctal(byte b) {
        return b >= '0' && b <= '7';
    }
}
