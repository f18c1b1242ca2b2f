package io.quorate.sql.function;

import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Padding, trimming, quoting and `format`.
final class TextShapes {
    private final Set<String> quotedWords;

    private TextShapes() {
        this.quotedWords = readQuotedWords();
    }

    static void register(Registry registry) {
        TextShapes shapes = new TextShapes();
        registry.function("lpad", (c, a) -> pad(textAt(a, 0), longAt(a, 1), textAt(a, 2), true));
        registry.function("rpad", (c, a) -> pad(textAt(a, 0), longAt(a, 1), textAt(a, 2), false));
        registry.function("lpad(text,int4)", (c, a) -> pad(textAt(a, 0), longAt(a, 1), " ", true));
        registry.function("rpad(text,int4)", (c, a) -> pad(textAt(a, 0), longAt(a, 1), " ", false));
        registry.function("btrim", (c, a) -> trim(textAt(a, 0), textAt(a, 1), true, true));
        registry.function("btrim1", (c, a) -> trim(textAt(a, 0), " ", true, true));
        registry.function("ltrim", (c, a) -> trim(textAt(a, 0), textAt(a, 1), true, false));
        registry.function("ltrim1", (c, a) -> trim(textAt(a, 0), " ", true, false));
        registry.function("rtrim", (c, a) -> trim(textAt(a, 0), textAt(a, 1), false, true));
        registry.function("rtrim1", (c, a) -> trim(textAt(a, 0), " ", false, true));
        registry.function("quote_ident", (c, a) -> shapes.quoteIdentifier(textAt(a, 0)));
        registry.function("quote_literal", (c, a) -> quoteLiteral(textAt(a, 0)));
        registry.binding(
                "quote_literal(anyelement)",
                signature -> (c, a) -> quoteLiteral(shown(c, signature, a, 0)));
        registry.function(
                "quote_nullable", (c, a) -> a[0] == null ? "NULL" : quoteLiteral(textAt(a, 0)));
        registry.binding(
                "quote_nullable(anyelement)",
                signature ->
                        (c, a) -> a[0] == null ? "NULL" : quoteLiteral(shown(c, signature, a, 0)));
        registry.binding(
                "text_format", signature -> (c, a) -> shapes.new Formatter(c, signature, a).run());
        registry.binding(
                "text_format_nv",
                signature -> (c, a) -> shapes.new Formatter(c, signature, a).run());
    }

    private static String shown(
            CallContext context, Signature signature, @Nullable Object[] arguments, int index) {
        return TextFunctions.show(context, signature.argumentTypes().get(index), arguments[index]);
    }

    private static String pad(String text, long length, String fill, boolean left) {
        int target = Math.clamp(length, 0, Integer.MAX_VALUE);
        TextFunctions.checkLength(4L * target);
        int present = TextFunctions.length(text);
        if (present >= target || fill.isEmpty()) {
            return TextFunctions.substring(text, 1, (long) Math.min(present, target));
        }
        int missing = target - present;
        int fillLength = TextFunctions.length(fill);
        String padding =
                fill.repeat(missing / fillLength)
                        + TextFunctions.substring(fill, 1, (long) (missing % fillLength));
        return left ? padding + text : text + padding;
    }

    private static String trim(String text, String characters, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && characters.indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && start < end && characters.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /// Plain where it reads as the same identifier without quotes.
    String quoteIdentifier(String name) {
        boolean plain = !name.isEmpty() && !Character.isDigit(name.charAt(0));
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
        }
        return plain && !quotedWords.contains(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoteLiteral(String text) {
        String doubled = text.replace("'", "''");
        return doubled.indexOf('\\') < 0
                ? "'" + doubled + "'"
                : "E'" + doubled.replace("\\", "\\\\") + "'";
    }

    private static Set<String> readQuotedWords() {
        try (InputStream in = TextShapes.class.getResourceAsStream("quoted-words.txt")) {
            InputStream present = Check.present(in, "the jar holds its resources");
            return new BufferedReader(new InputStreamReader(present, StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// `format('%s %2$I %-10L', …)`.
    private final class Formatter {
        private final CallContext context;
        private final Signature signature;
        private final @Nullable Object[] arguments;
        private final StringBuilder out = new StringBuilder();
        private int position;
        private int next = 1;

        Formatter(CallContext context, Signature signature, @Nullable Object[] arguments) {
            this.context = context;
            this.signature = signature;
            this.arguments = arguments;
        }

        @Nullable String run() {
            if (arguments[0] == null) {
                return null;
            }
            String format = textAt(arguments, 0);
            while (position < format.length()) {
                char c = format.charAt(position++);
                if (c != '%') {
                    out.append(c);
                } else if (position < format.length() && format.charAt(position) == '%') {
                    out.append('%');
                    position++;
                } else {
                    specifier(format);
                }
            }
            return out.toString();
        }

        private void specifier(String format) {
            int argument = 0;
            int start = position;
            int number = digits(format);
            if (position > start && at(format) == '$') {
                if (number == 0) {
                    throw Mistakes.invalidParameter(
                            "format specifies argument 0, but arguments are numbered from 1");
                }
                argument = number;
                position++;
            } else {
                position = start;
            }
            boolean left = false;
            while (at(format) == '-') {
                left = true;
                position++;
            }
            int width = digits(format);
            if (at(format) == '*') {
                position++;
                width = widthArgument(format);
                if (width < 0) {
                    left = true;
                    width = -width;
                }
            }
            char kind = at(format);
            position++;
            if (kind != 's' && kind != 'I' && kind != 'L') {
                throw Mistakes.invalidParameter(
                                "unrecognized format() type specifier \"" + kind + "\"")
                        .withHint("For a single \"%\" use \"%%\".");
            }
            int index = argument == 0 ? next++ : argument;
            if (argument != 0) {
                next = argument + 1;
            }
            append(converted(kind, index), width, left);
        }

        private int widthArgument(String format) {
            int start = position;
            int number = digits(format);
            int index;
            if (position > start && at(format) == '$') {
                position++;
                index = number;
            } else {
                index = next++;
            }
            require(index);
            Object width = arguments[index];
            return width == null
                    ? 0
                    : Integer.parseInt(shown(context, signature, arguments, index));
        }

        private int digits(String format) {
            int value = 0;
            while (position < format.length() && Character.isDigit(format.charAt(position))) {
                value = Math.min(value * 10 + format.charAt(position) - '0', 1_000_000_000 / 10);
                position++;
            }
            return value;
        }

        private char at(String format) {
            if (position >= format.length()) {
                throw Mistakes.invalidParameter("unterminated format() type specifier")
                        .withHint("For a single \"%\" use \"%%\".");
            }
            return format.charAt(position);
        }

        private void require(int index) {
            if (index >= arguments.length) {
                throw Mistakes.invalidParameter("too few arguments for format()");
            }
        }

        private String converted(char kind, int index) {
            require(index);
            if (arguments[index] == null) {
                if (kind == 'I') {
                    throw new QuorateException(
                            ErrorCode.NULL_VALUE_NOT_ALLOWED,
                            "null values cannot be formatted as an SQL identifier");
                }
                return kind == 'L' ? "NULL" : "";
            }
            SqlType type = signature.argumentTypes().get(index);
            String text = TextFunctions.show(context, type, arguments[index]);
            return switch (kind) {
                case 'I' -> quoteIdentifier(text);
                case 'L' -> quoteLiteral(text);
                default -> text;
            };
        }

        private void append(String text, int width, boolean left) {
            String blanks = " ".repeat(Math.max(0, width - TextFunctions.length(text)));
            out.append(left ? text + blanks : blanks + text);
        }
    }
}
