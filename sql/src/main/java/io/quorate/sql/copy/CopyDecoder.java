package io.quorate.sql.copy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of pieces into lines and these into fields. A line may span pieces; in csv a quoted
/// field may span lines.
public final class CopyDecoder {
    private final CopyOptions options;
    private final Consumer<List<@Nullable String>> rows;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private boolean inQuotes;
    private boolean afterEscape;
    private boolean afterCarriageReturn;
    private boolean skipHeader;
    private boolean ended;
    private long lineNumber;

    /// `rows` is given each row's fields, null for NULL.
    public CopyDecoder(CopyOptions options, Consumer<List<@Nullable String>> rows) {
        this.options = options;
        this.rows = rows;
        skipHeader = options.header();
    }

    public void data(ByteSlice piece) {
        for (int i = 0; i < piece.length(); i++) {
            take(piece.get(i));
        }
    }

    /// The data is complete; a last line needs no line end.
    public void finish() {
        if (options.csv() && inQuotes) {
            throw bad("unterminated CSV quoted field");
        }
        if (line.size() > 0) {
            endLine();
        }
    }

    /// The line that ended last, from 1: that of the row being given.
    public long lineNumber() {
        return lineNumber;
    }

    private void take(byte next) {
        if (afterCarriageReturn) {
            afterCarriageReturn = false;
            if (next == '\n') {
                return;
            }
        }
        if (options.csv()) {
            takeCsv(next);
        } else {
            takeText(next);
        }
    }

    private void takeText(byte next) {
        if (afterEscape) {
            afterEscape = false;
            line.write(next);
        } else if (next == '\n' || next == '\r') {
            afterCarriageReturn = next == '\r';
            endLine();
        } else {
            afterEscape = next == '\\';
            line.write(next);
        }
    }

    private void takeCsv(byte next) {
        boolean lineEnd = next == '\n' || next == '\r';
        if (lineEnd && !inQuotes) {
            afterCarriageReturn = next == '\r';
            endLine();
            return;
        }
        if (afterEscape) {
            afterEscape = false;
        } else if (inQuotes && next == options.escape() && options.escape() != options.quote()) {
            afterEscape = true;
        } else if (next == options.quote()) {
            inQuotes = !inQuotes;
        }
        line.write(next);
    }

    private void endLine() {
        String text = decode(line.toByteArray());
        line.reset();
        lineNumber++;
        if (ended) {
            return;
        }
        if (skipHeader) {
            skipHeader = false;
        } else if (text.equals("\\.")) {
            ended = true;
        } else {
            rows.accept(options.csv() ? csvFields(text) : textFields(text));
        }
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw new QuorateException(
                    ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                    "invalid byte sequence for encoding \"UTF8\"",
                    wrong);
        }
    }

    private List<@Nullable String> textFields(String text) {
        List<@Nullable String> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == options.delimiter()) {
                String raw = text.substring(start, i);
                fields.add(raw.equals(options.nullText()) ? null : unescape(raw));
                start = i + 1;
            } else if (text.charAt(i) == '\\') {
                i++;
            }
        }
        return fields;
    }

    private static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\' || i + 1 == raw.length()) {
                plain.append(c);
                continue;
            }
            char escaped = raw.charAt(++i);
            switch (escaped) {
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'v' -> plain.append('\u000b');
                case 'x' -> i = number(raw, i + 1, 16, 2, plain, escaped);
                case '0', '1', '2', '3', '4', '5', '6', '7' ->
                        i = number(raw, i, 8, 3, plain, escaped);
                default -> plain.append(escaped);
            }
        }
        return plain.toString();
    }

    /// Appends the character with the number whose digits begin at `from`; returns the last digit's
    /// place, or appends `instead` where there is no digit.
    private static int number(
            String raw, int from, int radix, int digitsMax, StringBuilder plain, char instead) {
        int value = 0;
        int at = from;
        while (at < raw.length()
                && at < from + digitsMax
                && Character.digit(raw.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(raw.charAt(at), radix);
            at++;
        }
        plain.append(at == from ? instead : (char) (value & 0xff));
        return at - 1;
    }

    private List<@Nullable String> csvFields(String text) {
        List<@Nullable String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean everQuoted = false;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            char c = end ? options.delimiter() : text.charAt(i);
            if (quoted && !end) {
                boolean escapes =
                        c == options.escape()
                                && i + 1 < text.length()
                                && (text.charAt(i + 1) == options.quote()
                                        || text.charAt(i + 1) == options.escape());
                if (escapes) {
                    field.append(text.charAt(++i));
                } else if (c == options.quote()) {
                    quoted = false;
                } else {
                    field.append(c);
                }
            } else if (!end && c == options.quote()) {
                quoted = true;
                everQuoted = true;
            } else if (c == options.delimiter()) {
                String value = field.toString();
                fields.add(!everQuoted && value.equals(options.nullText()) ? null : value);
                field.setLength(0);
                everQuoted = false;
            } else {
                field.append(c);
            }
        }
        return fields;
    }

    private static QuorateException bad(String message) {
        return new QuorateException(ErrorCode.BAD_COPY_FILE_FORMAT, message);
    }
}
