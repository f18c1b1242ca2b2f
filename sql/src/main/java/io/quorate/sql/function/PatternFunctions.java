package io.quorate.sql.function;

import static io.quorate.sql.function.Args.intAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// LIKE, SIMILAR TO and the regular expressions.
final class PatternFunctions {
    private PatternFunctions() {}

    static void register(Registry registry) {
        for (String kind : List.of("text", "name")) {
            like(registry, kind);
        }
        registry.function("like_escape", (c, a) -> Like.withEscape(textAt(a, 0), textAt(a, 1)));
        registry.function("similar_to_escape_1", (c, a) -> similar(textAt(a, 0), "\\"));
        registry.function("similar_to_escape_2", (c, a) -> similar(textAt(a, 0), textAt(a, 1)));
        matching(registry);
        replacing(registry);
        splitting(registry);
    }

    private static void like(Registry registry, String kind) {
        registry.function(kind + "like", (c, a) -> Like.matches(textAt(a, 0), textAt(a, 1)));
        registry.function(kind + "nlike", (c, a) -> !Like.matches(textAt(a, 0), textAt(a, 1)));
        registry.function(kind + "iclike", (c, a) -> likeIgnoringCase(a));
        registry.function(kind + "icnlike", (c, a) -> !likeIgnoringCase(a));
        regex(registry, kind + "regexeq", "", true);
        regex(registry, kind + "regexne", "", false);
        regex(registry, kind + "icregexeq", "i", true);
        regex(registry, kind + "icregexne", "i", false);
    }

    private static boolean likeIgnoringCase(@Nullable Object[] a) {
        return Like.matches(
                textAt(a, 0).toLowerCase(Locale.ROOT), textAt(a, 1).toLowerCase(Locale.ROOT));
    }

    private static void regex(Registry registry, String name, String flags, boolean wanted) {
        registry.binding(
                name,
                signature -> {
                    LastPattern last = new LastPattern();
                    return (c, a) ->
                            last.of(textAt(a, 1), flags).matcher(textAt(a, 0)).find() == wanted;
                });
    }

    /// Keeps the last compiled pattern of one place of call, for most patterns are constants.
    private static final class LastPattern {
        private record Compiled(String regex, String flags, Pattern pattern) {}

        /// Any thread's; a lost update costs a compilation.
        private volatile @Nullable Compiled last;

        Pattern of(String regex, String flags) {
            Compiled known = last;
            if (known == null || !known.regex.equals(regex) || !known.flags.equals(flags)) {
                known = new Compiled(regex, flags, RegexTranslation.compile(regex, flags));
                last = known;
            }
            return known.pattern;
        }
    }

    private static void matching(Registry registry) {
        ofPattern(registry, "regexp_match_no_flags", (p, a) -> match(p.of(textAt(a, 1), ""), a));
        ofPattern(
                registry,
                "regexp_match",
                (p, a) -> {
                    if (textAt(a, 2).indexOf('g') >= 0) {
                        throw Mistakes.invalidParameter(
                                        "regexp_match() does not support the \"global\" option")
                                .withHint("Use the regexp_matches function instead.");
                    }
                    return match(p.of(textAt(a, 1), textAt(a, 2)), a);
                });
        ofPattern(registry, "regexp_matches_no_flags", (p, a) -> matches(p, a, ""));
        ofPattern(registry, "regexp_matches", (p, a) -> matches(p, a, textAt(a, 2)));
        ofPattern(
                registry,
                "regexp_like_no_flags",
                (p, a) -> p.of(textAt(a, 1), "").matcher(textAt(a, 0)).find());
        ofPattern(
                registry,
                "regexp_like",
                (p, a) -> p.of(textAt(a, 1), textAt(a, 2)).matcher(textAt(a, 0)).find());
        ofPattern(
                registry,
                "regexp_count_no_start",
                (p, a) -> p.of(textAt(a, 1), "").matcher(textAt(a, 0)).results().count());
        ofPattern(
                registry,
                "textregexsubstr",
                (p, a) -> {
                    Matcher matcher = p.of(textAt(a, 1), "").matcher(textAt(a, 0));
                    if (!matcher.find()) {
                        return null;
                    }
                    return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
                });
    }

    private static @Nullable Object match(Pattern pattern, @Nullable Object[] a) {
        Matcher matcher = pattern.matcher(textAt(a, 0));
        return matcher.find() ? groups(matcher) : null;
    }

    /// The set of all matches with the flag `g`, else of the first.
    private static Object matches(LastPattern last, @Nullable Object[] a, String flags) {
        Matcher matcher = last.of(textAt(a, 1), flags).matcher(textAt(a, 0));
        List<SqlArray> rows = new ArrayList<>();
        while (matcher.find()) {
            rows.add(groups(matcher));
            if (flags.indexOf('g') < 0) {
                break;
            }
        }
        return rows.iterator();
    }

    /// What the groups matched, or the whole match of a pattern without groups.
    private static SqlArray groups(Matcher matcher) {
        int count = matcher.groupCount();
        if (count == 0) {
            return SqlArray.of(SqlType.TEXT, new Object[] {matcher.group()});
        }
        @Nullable Object[] groups = new Object[count];
        for (int i = 0; i < count; i++) {
            groups[i] = matcher.group(i + 1);
        }
        return SqlArray.of(SqlType.TEXT, groups);
    }

    private static void replacing(Registry registry) {
        ofPattern(
                registry,
                "textregexreplace_noopt",
                (p, a) -> replace(p.of(textAt(a, 1), ""), a, 1, 1));
        ofPattern(
                registry,
                "textregexreplace",
                (p, a) -> {
                    String flags = textAt(a, 3);
                    if (!flags.isEmpty() && Character.isDigit(flags.charAt(0))) {
                        throw Mistakes.invalidParameter(
                                        "invalid regular expression option: \""
                                                + flags.charAt(0)
                                                + "\"")
                                .withHint(
                                        "If you meant to use regexp_replace() with a start"
                                                + " parameter, cast the fourth argument to integer"
                                                + " explicitly.");
                    }
                    int count = flags.indexOf('g') >= 0 ? 0 : 1;
                    return replace(p.of(textAt(a, 1), flags), a, 1, count);
                });
        ofPattern(
                registry,
                "textregexreplace_extended_no_n",
                (p, a) -> replace(p.of(textAt(a, 1), ""), a, intAt(a, 3), 1));
        ofPattern(
                registry,
                "textregexreplace_extended_no_flags",
                (p, a) -> replace(p.of(textAt(a, 1), ""), a, intAt(a, 3), intAt(a, 4)));
        ofPattern(
                registry,
                "textregexreplace_extended",
                (p, a) -> replace(p.of(textAt(a, 1), textAt(a, 5)), a, intAt(a, 3), intAt(a, 4)));
    }

    /// Replaces the `n`-th match from a position on, or all of them where `n` is 0.
    private static String replace(Pattern pattern, @Nullable Object[] a, int start, int n) {
        if (start < 1) {
            throw positive("start", start);
        }
        if (n < 0) {
            throw positive("n", n);
        }
        String text = textAt(a, 0);
        int from = text.offsetByCodePoints(0, Math.min(start - 1, TextFunctions.length(text)));
        Matcher matcher = pattern.matcher(text);
        StringBuilder out = new StringBuilder();
        int end = 0;
        int seen = 0;
        boolean found = matcher.find(from);
        while (found) {
            seen++;
            if (n == 0 || seen == n) {
                out.append(text, end, matcher.start());
                appendReplacement(out, textAt(a, 2), matcher);
                end = matcher.end();
                if (n != 0) {
                    break;
                }
            }
            found = matcher.find();
        }
        return out.append(text, end, text.length()).toString();
    }

    private static QuorateException positive(String name, int value) {
        return Mistakes.invalidParameter("invalid value for parameter \"" + name + "\": " + value);
    }

    /// `\1` to `\9` for the groups, `\&` for the whole match.
    private static void appendReplacement(StringBuilder out, String replacement, Matcher matcher) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '\\' || i + 1 == replacement.length()) {
                out.append(c);
                continue;
            }
            char next = replacement.charAt(++i);
            if (next == '&') {
                out.append(matcher.group());
            } else if (next >= '1' && next <= '9') {
                int group = next - '0';
                String matched = group <= matcher.groupCount() ? matcher.group(group) : null;
                out.append(matched == null ? "" : matched);
            } else if (next == '\\') {
                out.append('\\');
            } else {
                out.append('\\').append(next);
            }
        }
    }

    private static void splitting(Registry registry) {
        ofPattern(
                registry,
                "regexp_split_to_array_no_flags",
                (p, a) -> SqlArray.of(SqlType.TEXT, split(p.of(textAt(a, 1), ""), a)));
        ofPattern(
                registry,
                "regexp_split_to_array",
                (p, a) -> SqlArray.of(SqlType.TEXT, split(p.of(textAt(a, 1), textAt(a, 2)), a)));
        ofPattern(
                registry,
                "regexp_split_to_table_no_flags",
                (p, a) -> split(p.of(textAt(a, 1), ""), a).iterator());
        ofPattern(
                registry,
                "regexp_split_to_table",
                (p, a) -> split(p.of(textAt(a, 1), textAt(a, 2)), a).iterator());
    }

    /// An empty match at either end or right after another match splits nothing.
    private static List<String> split(Pattern pattern, @Nullable Object[] a) {
        String text = textAt(a, 0);
        Matcher matcher = pattern.matcher(text);
        List<String> parts = new ArrayList<>();
        int end = 0;
        while (matcher.find()) {
            boolean empty = matcher.start() == matcher.end();
            if (empty && (matcher.start() == end || matcher.start() == text.length())) {
                continue;
            }
            parts.add(text.substring(end, matcher.start()));
            end = matcher.end();
        }
        parts.add(text.substring(end));
        return parts;
    }

    /// A SIMILAR TO pattern as a regular expression over the whole text.
    private static String similar(String pattern, String escape) {
        if (TextFunctions.length(escape) > 1) {
            throw new QuorateException(ErrorCode.INVALID_ESCAPE_CHARACTER, "invalid escape string")
                    .withHint("Escape string must be empty or one character.");
        }
        StringBuilder out = new StringBuilder("^(?:");
        boolean inBracket = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (!escape.isEmpty() && c == escape.charAt(0) && i + 1 < pattern.length()) {
                out.append('\\').append(pattern.charAt(++i));
            } else if (inBracket) {
                out.append(c == '\\' ? "\\\\" : Character.toString(c));
                inBracket = c != ']';
            } else {
                switch (c) {
                    case '[' -> {
                        out.append(c);
                        inBracket = true;
                    }
                    case '%' -> out.append(".*");
                    case '_' -> out.append('.');
                    case '(' -> out.append("(?:");
                    case '\\', '.', '^', '$' -> out.append('\\').append(c);
                    default -> out.append(c);
                }
            }
        }
        return out.append(")$").toString();
    }

    @FunctionalInterface
    private interface PatternCall {
        @Nullable Object call(LastPattern last, @Nullable Object[] arguments);
    }

    private static void ofPattern(Registry registry, String name, PatternCall call) {
        registry.binding(
                name,
                signature -> {
                    LastPattern last = new LastPattern();
                    return (c, a) -> call.call(last, a);
                });
    }
}
