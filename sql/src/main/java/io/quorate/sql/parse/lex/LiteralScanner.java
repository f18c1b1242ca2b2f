package io.quorate.sql.parse.lex;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Reads quoted literals and resolves their escapes. Each method takes the index behind the opening
/// quote and the index at which the token starts, and leaves the index behind the closing quote in
/// [#end()].
final class LiteralScanner {
    private static final String UNTERMINATED_STRING = "unterminated quoted string";
    private static final String INVALID_UNICODE = "invalid Unicode escape";
    private static final String INVALID_PAIR = "invalid Unicode surrogate pair";

    private final String source;
    private final LexicalErrors errors;
    private int at;

    LiteralScanner(String source, LexicalErrors errors) {
        this.source = source;
        this.errors = errors;
    }

    int end() {
        return at;
    }

    /// `'it''s'`.
    String plain(int from, int start) {
        return raw(from, start, '\'', UNTERMINATED_STRING);
    }

    /// The digits of `B'…'` or `X'…'`, unchecked.
    String bits(int from, int start, String kind) {
        return raw(from, start, '\'', "unterminated " + kind + " string literal");
    }

    /// `E'a\n'`.
    String escaped(int from, int start) {
        at = from;
        Decoded value = new Decoded(start);
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c == '\'') {
                if (peek() == '\'') {
                    value.append('\'');
                    at++;
                } else if (!continues()) {
                    return value.finish();
                }
            } else if (c == '\\' && at < source.length()) {
                escape(value, start);
            } else {
                value.append(c);
            }
        }
        throw unterminated(start, UNTERMINATED_STRING);
    }

    /// `U&'d\0061t'` and `U&"d\0061t"`, with UESCAPE behind it.
    String unicode(int from, int start, char quote) {
        String raw =
                raw(
                        from,
                        start,
                        quote,
                        quote == '"' ? "unterminated quoted identifier" : UNTERMINATED_STRING);
        if (quote == '"' && raw.isEmpty()) {
            throw errors.error(
                    ErrorCode.SYNTAX_ERROR, "zero-length delimited identifier", start, at);
        }
        char escape = escapeCharacter();
        StringBuilder value = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); ) {
            char c = raw.charAt(i);
            if (c != escape) {
                value.append(c);
                i++;
            } else if (i + 1 < raw.length() && raw.charAt(i + 1) == escape) {
                value.append(escape);
                i += 2;
            } else {
                boolean six = i + 1 < raw.length() && raw.charAt(i + 1) == '+';
                int digits = six ? 6 : 4;
                int first = i + (six ? 2 : 1);
                int character = hex(raw, first, digits);
                if (character < 0) {
                    throw errors.plain(INVALID_UNICODE, from + i)
                            .withHint("Unicode escapes must be \\XXXX or \\+XXXXXX.");
                }
                appendCharacter(value, character, start);
                i = first + digits;
            }
        }
        int alone = loneSurrogate(value);
        if (alone >= 0) {
            throw errors.plain(INVALID_PAIR, from + alone);
        }
        return value.toString();
    }

    /// The index of the line break, or the end, behind `from`.
    static int lineEnd(String source, int from) {
        int end = from;
        while (end < source.length() && source.charAt(end) != '\n' && source.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private String raw(int from, int start, char quote, String unterminated) {
        at = from;
        int close = source.indexOf(quote, at);
        if (close < 0) {
            throw unterminated(start, unterminated);
        }
        StringBuilder value = new StringBuilder();
        while (true) {
            value.append(source, at, close);
            at = close + 1;
            if (peek() == quote) {
                value.append(quote);
                at++;
            } else if (quote == '"' || !continues()) {
                return value.toString();
            }
            close = source.indexOf(quote, at);
            if (close < 0) {
                throw unterminated(start, unterminated);
            }
        }
    }

    private QuorateException unterminated(int start, String message) {
        return errors.error(ErrorCode.SYNTAX_ERROR, message, start, source.length());
    }

    /// Whether another quote follows, with at least one line break between; then it is passed.
    private boolean continues() {
        int index = at;
        boolean broken = false;
        while (index < source.length()) {
            char c = source.charAt(index);
            if (Lexer.isBlank(c)) {
                broken |= c == '\n' || c == '\r';
                index++;
            } else if (source.startsWith("--", index)) {
                index = lineEnd(source, index);
            } else if (c == '\'' && broken) {
                at = index + 1;
                return true;
            } else {
                return false;
            }
        }
        return false;
    }

    private void escape(Decoded value, int start) {
        int escapeStart = at - 1;
        char c = source.charAt(at++);
        switch (c) {
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'v' -> value.append('\u000b');
            case 'u' -> unicodeEscape(value, 4, escapeStart, start);
            case 'U' -> unicodeEscape(value, 8, escapeStart, start);
            case 'x' -> {
                int digits = countDigits(2, 16);
                if (digits == 0) {
                    value.append('x');
                } else {
                    value.appendByte(Integer.parseInt(source, at, at + digits, 16));
                    at += digits;
                }
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                int digits = countDigits(3, 8);
                value.appendByte(Integer.parseInt(source, at, at + digits, 8) & 0xff);
                at += digits;
            }
            default -> value.append(c);
        }
    }

    private void unicodeEscape(Decoded value, int digits, int escapeStart, int start) {
        int character = hex(source, at, digits);
        if (character < 0) {
            QuorateException where = errors.plain(INVALID_UNICODE, escapeStart);
            throw new QuorateException(ErrorCode.INVALID_ESCAPE_SEQUENCE, where.message())
                    .withHint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX.")
                    .withPosition(where.position());
        }
        at += digits;
        value.appendCodePoint(character, start);
    }

    private int countDigits(int max, int radix) {
        int count = 0;
        while (count < max
                && at + count < source.length()
                && source.charAt(at + count) < 0x80
                && Character.digit(source.charAt(at + count), radix) >= 0) {
            count++;
        }
        return count;
    }

    /// -1 if these are not so many hexadecimal digits.
    private static int hex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) value;
    }

    private void appendCharacter(StringBuilder value, int character, int start) {
        if (character == 0 || character > Character.MAX_CODE_POINT) {
            throw errors.error(ErrorCode.SYNTAX_ERROR, "invalid Unicode escape value", start, at);
        }
        value.appendCodePoint(character);
    }

    /// The index of half a pair; -1 if all pairs are whole.
    private static int loneSurrogate(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }

    /// The character of a UESCAPE clause, which is then passed; else the backslash.
    private char escapeCharacter() {
        int index = at;
        while (index < source.length() && Lexer.isBlank(source.charAt(index))) {
            index++;
        }
        if (!source.regionMatches(true, index, "uescape", 0, 7)) {
            return '\\';
        }
        index += 7;
        while (index < source.length() && Lexer.isBlank(source.charAt(index))) {
            index++;
        }
        int word = at;
        if (index >= source.length() || source.charAt(index) != '\'') {
            throw errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "UESCAPE must be followed by a simple string literal",
                    word,
                    index);
        }
        String escape = raw(index + 1, index, '\'', UNTERMINATED_STRING);
        if (escape.length() != 1 || "+'\"".contains(escape) || isHexOrBlank(escape.charAt(0))) {
            throw errors.error(
                    ErrorCode.SYNTAX_ERROR, "invalid Unicode escape character", index, at);
        }
        return escape.charAt(0);
    }

    private static boolean isHexOrBlank(char c) {
        return Lexer.isBlank(c) || (c < 0x80 && Character.digit(c, 16) >= 0);
    }

    private char peek() {
        return at < source.length() ? source.charAt(at) : '\0';
    }

    /// A value under construction, of characters and of single bytes that must come out as UTF-8.
    private final class Decoded {
        private final int start;
        private final StringBuilder characters = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

        Decoded(int start) {
            this.start = start;
        }

        void append(char c) {
            flush();
            characters.append(c);
        }

        void appendByte(int value) {
            if (value == 0) {
                throw invalidBytes(new byte[] {0});
            }
            if (value < 0x80) {
                append((char) value);
            } else {
                bytes.write(value);
            }
        }

        void appendCodePoint(int character, int tokenStart) {
            flush();
            appendCharacter(characters, character, tokenStart);
        }

        String finish() {
            flush();
            if (loneSurrogate(characters) >= 0) {
                throw errors.error(ErrorCode.SYNTAX_ERROR, INVALID_PAIR, start, at);
            }
            return characters.toString();
        }

        private void flush() {
            if (bytes.size() == 0) {
                return;
            }
            byte[] pending = bytes.toByteArray();
            bytes.reset();
            try {
                characters.append(
                        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(pending)));
            } catch (CharacterCodingException broken) {
                throw invalidBytes(pending);
            }
        }

        private QuorateException invalidBytes(byte[] pending) {
            return new QuorateException(
                    ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                    "invalid byte sequence for encoding \"UTF8\": "
                            + HexFormat.ofDelimiter(" ").withPrefix("0x").formatHex(pending));
        }
    }
}
