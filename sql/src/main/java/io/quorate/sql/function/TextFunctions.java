package io.quorate.sql.function;

import static io.quorate.sql.function.Args.bytesAt;
import static io.quorate.sql.function.Args.intAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The everyday functions of text. Characters are code points; positions count from 1.
final class TextFunctions {
    private static final int TEXT_LENGTH_MAX = 0x3fff_ffff;

    private TextFunctions() {}

    static void register(Registry registry) {
        lengths(registry);
        concatenation(registry);
        parts(registry);
        unary(registry, "lower", text -> text.toLowerCase(Locale.ROOT));
        unary(registry, "upper", text -> text.toUpperCase(Locale.ROOT));
        unary(registry, "initcap", TextFunctions::capitalise);
        unary(registry, "text_reverse", text -> new StringBuilder(text).reverse().toString());
        registry.function(
                "replace_text",
                (c, a) ->
                        textAt(a, 1).isEmpty()
                                ? textAt(a, 0)
                                : textAt(a, 0).replace(textAt(a, 1), textAt(a, 2)));
        registry.function(
                "translate", (c, a) -> translate(textAt(a, 0), textAt(a, 1), textAt(a, 2)));
        registry.function("repeat", (c, a) -> repeat(textAt(a, 0), longAt(a, 1)));
        registry.function(
                "ascii",
                (c, a) -> textAt(a, 0).isEmpty() ? 0L : (long) textAt(a, 0).codePointAt(0));
        registry.function("chr", (c, a) -> character(longAt(a, 0)));
        registry.function("text_starts_with", (c, a) -> textAt(a, 0).startsWith(textAt(a, 1)));
        unary(
                registry,
                "unicode_normalize_func",
                text -> Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    private static void lengths(Registry registry) {
        registry.function("textlen", (c, a) -> (long) length(textAt(a, 0)));
        registry.function("bpcharlen", (c, a) -> (long) length(trimBlanks(textAt(a, 0))));
        registry.function("textoctetlen", (c, a) -> (long) octets(textAt(a, 0)));
        registry.function("bpcharoctetlen", (c, a) -> (long) octets(textAt(a, 0)));
        registry.function("bit_length(text)", (c, a) -> octets(textAt(a, 0)) * 8L);
        registry.function("bit_length(bytea)", (c, a) -> bytesAt(a, 0).length() * 8L);
        registry.function("byteaoctetlen", (c, a) -> (long) bytesAt(a, 0).length());
    }

    private static void concatenation(Registry registry) {
        registry.function("textcat", (c, a) -> textAt(a, 0) + textAt(a, 1));
        registry.function("byteacat", (c, a) -> bytesAt(a, 0).concat(bytesAt(a, 1)));
        registry.binding(
                "textanycat(text,anynonarray)",
                signature ->
                        (c, a) -> textAt(a, 0) + show(c, signature.argumentTypes().get(1), a[1]));
        registry.binding(
                "anytextcat(anynonarray,text)",
                signature ->
                        (c, a) -> show(c, signature.argumentTypes().get(0), a[0]) + textAt(a, 1));
        registry.binding("text_concat", signature -> (c, a) -> concat(c, signature, a, 0, ""));
        registry.binding(
                "text_concat_ws",
                signature ->
                        (c, a) -> a[0] == null ? null : concat(c, signature, a, 1, textAt(a, 0)));
    }

    private static void parts(Registry registry) {
        registry.function(
                "text_substr",
                (c, a) -> substring(textAt(a, 0), longAt(a, 1), (Long) longAt(a, 2)));
        registry.function(
                "text_substr_no_len", (c, a) -> substring(textAt(a, 0), longAt(a, 1), null));
        registry.function("textpos", (c, a) -> position(textAt(a, 0), textAt(a, 1)));
        registry.function(
                "text_left",
                (c, a) -> {
                    String text = textAt(a, 0);
                    long count = longAt(a, 1);
                    return substring(
                            text, 1, count < 0 ? Math.max(0, length(text) + count) : count);
                });
        registry.function(
                "text_right",
                (c, a) -> {
                    String text = textAt(a, 0);
                    long count = longAt(a, 1);
                    long start = count < 0 ? 1 - count : length(text) - count + 1;
                    return substring(text, Math.max(1, start), null);
                });
        registry.function(
                "textoverlay",
                (c, a) -> overlay(textAt(a, 0), textAt(a, 1), longAt(a, 2), longAt(a, 3)));
        registry.function(
                "textoverlay_no_len",
                (c, a) -> overlay(textAt(a, 0), textAt(a, 1), longAt(a, 2), length(textAt(a, 1))));
        registry.function(
                "split_part", (c, a) -> splitPart(textAt(a, 0), textAt(a, 1), intAt(a, 2)));
    }

    /// In characters.
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static int octets(String text) {
        int octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a pair stands for two of its four bytes.
            octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return octets;
    }

    static String trimBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /// The text form of a value that is not null; the array of an unknown literal is its text.
    static String show(CallContext context, SqlType type, @Nullable Object value) {
        return value == null ? "" : TypeText.encode(type, value, context.format());
    }

    private static String concat(
            CallContext context,
            Signature signature,
            @Nullable Object[] arguments,
            int first,
            String delimiter) {
        StringBuilder out = new StringBuilder();
        boolean any = false;
        for (int i = first; i < arguments.length; i++) {
            if (arguments[i] != null) {
                out.append(any ? delimiter : "");
                out.append(show(context, signature.argumentTypes().get(i), arguments[i]));
                any = true;
            }
        }
        return out.toString();
    }

    /// From a position that may lie before the text; a null length goes to its end.
    static String substring(String text, long start, @Nullable Long length) {
        long end;
        if (length == null) {
            end = Long.MAX_VALUE;
        } else if (length < 0) {
            throw new QuorateException(
                    ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
        } else {
            end = start + length;
        }
        int available = length(text);
        int from = Math.clamp(start - 1, 0, available);
        int to = Math.clamp(end - 1, from, available);
        int fromIndex = text.offsetByCodePoints(0, from);
        return text.substring(fromIndex, text.offsetByCodePoints(fromIndex, to - from));
    }

    private static long position(String text, String part) {
        int index = text.indexOf(part);
        return index < 0 ? 0 : text.codePointCount(0, index) + 1;
    }

    private static String overlay(String text, String replacement, long start, long count) {
        if (start <= 0) {
            throw new QuorateException(
                    ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
        }
        return substring(text, 1, start - 1)
                + replacement
                + substring(text, Math.max(1, start + count), null);
    }

    /// A negative position counts from the end.
    private static String splitPart(String text, String delimiter, int position) {
        if (position == 0) {
            throw Mistakes.invalidParameter("field position must not be zero");
        }
        if (delimiter.isEmpty()) {
            return position == 1 || position == -1 ? text : "";
        }
        int wanted = position;
        if (position < 0) {
            int fields = 1;
            for (int at = text.indexOf(delimiter); at >= 0; fields++) {
                at = text.indexOf(delimiter, at + delimiter.length());
            }
            wanted = fields + position + 1;
            if (wanted < 1) {
                return "";
            }
        }
        int start = 0;
        for (int field = 1; ; field++) {
            int end = text.indexOf(delimiter, start);
            if (field == wanted) {
                return end < 0 ? text.substring(start) : text.substring(start, end);
            }
            if (end < 0) {
                return "";
            }
            start = end + delimiter.length();
        }
    }

    private static String capitalise(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetterOrDigit(c);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /// Each character of `from` becomes the one at its place in `to`, or goes where `to` is shorter.
    private static String translate(String text, String from, String to) {
        int[] source = from.codePoints().toArray();
        int[] target = to.codePoints().toArray();
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    int at = 0;
                    while (at < source.length && source[at] != c) {
                        at++;
                    }
                    if (at == source.length) {
                        out.appendCodePoint(c);
                    } else if (at < target.length) {
                        out.appendCodePoint(target[at]);
                    }
                });
        return out.toString();
    }

    private static String repeat(String text, long count) {
        if (count <= 0) {
            return "";
        }
        checkLength(count * octets(text));
        return text.repeat((int) count);
    }

    static void checkLength(long octets) {
        if (octets > TEXT_LENGTH_MAX) {
            throw new QuorateException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED, "requested length too large");
        }
    }

    private static String character(long code) {
        if (code < 0) {
            throw Mistakes.invalidParameter("character number must be positive");
        }
        if (code == 0) {
            throw new QuorateException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED, "null character not permitted");
        }
        if (code > Character.MAX_CODE_POINT || code >= 0xd800 && code <= 0xdfff) {
            throw new QuorateException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    code > Character.MAX_CODE_POINT
                            ? "requested character too large for encoding: " + code
                            : "requested character not valid for encoding: " + code);
        }
        return Character.toString((int) code);
    }

    private static void unary(Registry registry, String name, UnaryOperator<String> function) {
        registry.function(name, (c, a) -> function.apply(textAt(a, 0)));
    }
}
