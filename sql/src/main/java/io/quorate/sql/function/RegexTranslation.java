package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// PostgreSQL's advanced regular expressions in terms of `java.util.regex`: the escapes and
/// bracket classes that differ are rewritten, the rest is the same language. Where alternatives
/// match at one place Java takes the first, PostgreSQL the longest.
final class RegexTranslation {
    private final String source;
    private final boolean newlineSensitive;
    private final StringBuilder out = new StringBuilder();
    private int position;

    private RegexTranslation(String source, boolean newlineSensitive) {
        this.source = source;
        this.newlineSensitive = newlineSensitive;
    }

    /// @param flags the letters of PostgreSQL's embedded options; `g` is the caller's
    static Pattern compile(String regex, String flags) {
        boolean newline = false;
        boolean literal = false;
        int options = Pattern.DOTALL;
        for (int i = 0; i < flags.length(); i++) {
            char flag = flags.charAt(i);
            switch (flag) {
                case 'i' -> options |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'c' -> options &= ~(Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
                case 'n', 'm' -> newline = true;
                case 's' -> newline = false;
                case 'x' -> options |= Pattern.COMMENTS;
                case 'q' -> literal = true;
                case 'g', 'e', 't', 'b', 'p', 'w' -> {}
                default ->
                        throw Mistakes.invalidParameter(
                                "invalid regular expression option: \"" + flag + "\"");
            }
        }
        try {
            if (literal || regex.startsWith("***=")) {
                String text = regex.startsWith("***=") ? regex.substring(4) : regex;
                return Pattern.compile(Pattern.quote(text), options);
            }
            if (newline) {
                options &= ~Pattern.DOTALL;
            }
            String plain = regex.startsWith("***:") ? regex.substring(4) : regex;
            return Pattern.compile(new RegexTranslation(plain, newline).translate(), options);
        } catch (PatternSyntaxException invalid) {
            throw new QuorateException(
                    ErrorCode.INVALID_REGULAR_EXPRESSION,
                    "invalid regular expression: " + reason(invalid.getDescription()),
                    invalid);
        }
    }

    /// PostgreSQL's words for the usual mistakes.
    private static String reason(String description) {
        if (description.contains("Unclosed group")
                || description.contains("Unmatched closing ')'")) {
            return "parentheses () not balanced";
        }
        if (description.contains("Unclosed character class")) {
            return "brackets [] not balanced";
        }
        if (description.contains("Dangling meta character")) {
            return "quantifier operand invalid";
        }
        if (description.contains("repetition")) {
            return "invalid repetition count(s)";
        }
        return description;
    }

    private String translate() {
        while (position < source.length()) {
            char c = source.charAt(position++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> bracket();
                case '$' -> out.append(newlineSensitive ? "(?=\\n|\\z)" : "\\z");
                case '^' -> out.append(newlineSensitive ? "(?<=\\n|\\A)" : "\\A");
                case '{' -> {
                    boolean bound =
                            position < source.length()
                                    && Character.isDigit(source.charAt(position));
                    out.append(bound ? "{" : "\\{");
                }
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private void escape() {
        if (position >= source.length()) {
            throw new QuorateException(
                    ErrorCode.INVALID_REGULAR_EXPRESSION,
                    "invalid regular expression: invalid escape \\ sequence");
        }
        char c = source.charAt(position++);
        switch (c) {
            case 'm' -> out.append("\\b(?=\\w)");
            case 'M' -> out.append("\\b(?<=\\w)");
            case 'y' -> out.append("\\b");
            case 'Y' -> out.append("\\B");
            case 'Z' -> out.append("\\z");
            case 'A', 'd', 'D', 's', 'S', 'w', 'W' -> out.append('\\').append(c);
            case 'a', 'e', 'f', 'n', 'r', 't' -> out.append('\\').append(c);
            case 'v' -> out.append("\\x0B");
            case 'b' -> out.append("\\x08");
            case 'B' -> out.append("\\\\");
            case 'u', 'x', 'c' -> out.append('\\').append(c);
            case 'U' -> {
                int end = Math.min(position + 8, source.length());
                out.append("\\x{").append(source, position, end).append('}');
                position = end;
            }
            default -> {
                boolean backReference = c >= '1' && c <= '9';
                out.append('\\').append(c);
                if (!backReference && Character.isLetter(c)) {
                    throw new QuorateException(
                            ErrorCode.INVALID_REGULAR_EXPRESSION,
                            "invalid regular expression: invalid escape \\ sequence");
                }
            }
        }
    }

    /// A bracket expression: no nesting and no `&&` as in Java, but classes such as `[:alpha:]`.
    private void bracket() {
        if (source.startsWith("[:<:]]", position)) {
            out.append("\\b(?=\\w)");
            position += 6;
            return;
        }
        if (source.startsWith("[:>:]]", position)) {
            out.append("\\b(?<=\\w)");
            position += 6;
            return;
        }
        out.append('[');
        if (position < source.length() && source.charAt(position) == '^') {
            out.append('^');
            position++;
            if (newlineSensitive) {
                out.append("\\n");
            }
        }
        boolean first = true;
        while (position < source.length()) {
            char c = source.charAt(position++);
            if (c == ']' && !first) {
                out.append(']');
                return;
            }
            first = false;
            switch (c) {
                case '[' -> bracketClass();
                case '\\' -> escape();
                case ']', '&', '^', '~', '#', ' ' -> out.append('\\').append(c);
                default -> out.append(c);
            }
        }
        throw new QuorateException(
                ErrorCode.INVALID_REGULAR_EXPRESSION,
                "invalid regular expression: brackets [] not balanced");
    }

    private void bracketClass() {
        int end = source.indexOf(":]", position);
        if (position < source.length() && source.charAt(position) == ':' && end > 0) {
            String name = source.substring(position + 1, end);
            position = end + 2;
            out.append(
                    switch (name) {
                        case "alpha" -> "\\p{IsAlphabetic}";
                        case "digit" -> "0-9";
                        case "alnum" -> "\\p{IsAlphabetic}0-9";
                        case "upper" -> "\\p{IsUppercase}";
                        case "lower" -> "\\p{IsLowercase}";
                        case "space" -> "\\s";
                        case "blank" -> " \\t";
                        case "punct" -> "\\p{Punct}";
                        case "print" -> "\\p{Print}";
                        case "graph" -> "\\p{Graph}";
                        case "cntrl" -> "\\p{Cntrl}";
                        case "xdigit" -> "0-9A-Fa-f";
                        case "word" -> "\\w";
                        default ->
                                throw new QuorateException(
                                        ErrorCode.INVALID_REGULAR_EXPRESSION,
                                        "invalid regular expression: invalid character class");
                    });
            return;
        }
        out.append("\\[");
    }
}
