package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;

/// `LIKE`: `%` for any characters, `_` for one, `\` before one that means itself.
final class Like {
    private Like() {}

    static boolean matches(String text, String pattern) {
        int textAt = 0;
        int patternAt = 0;
        // Where to go on when the text after the last % does not match here.
        int retryPattern = -1;
        int retryText = -1;
        while (textAt < text.length() || patternAt < pattern.length()) {
            char p = patternAt < pattern.length() ? pattern.charAt(patternAt) : 0;
            if (patternAt < pattern.length() && p == '%') {
                retryPattern = ++patternAt;
                retryText = textAt;
                continue;
            }
            if (patternAt < pattern.length() && textAt < text.length()) {
                if (p == '_') {
                    textAt += Character.charCount(text.codePointAt(textAt));
                    patternAt++;
                    continue;
                }
                int literalAt = p == '\\' ? patternAt + 1 : patternAt;
                if (literalAt >= pattern.length()) {
                    throw endsInEscape();
                }
                if (pattern.charAt(literalAt) == text.charAt(textAt)) {
                    textAt++;
                    patternAt = literalAt + 1;
                    continue;
                }
            }
            if (retryPattern < 0 || retryText >= text.length()) {
                return false;
            }
            retryText += Character.charCount(text.codePointAt(retryText));
            textAt = retryText;
            patternAt = retryPattern;
        }
        return true;
    }

    /// The pattern with `\` in the place of another escape character; an empty one means that
    /// nothing is escaped.
    static String withEscape(String pattern, String escape) {
        if (escape.equals("\\")) {
            return pattern;
        }
        if (escape.isEmpty()) {
            return pattern.replace("\\", "\\\\");
        }
        if (TextFunctions.length(escape) != 1) {
            throw new QuorateException(ErrorCode.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                    .withHint("Escape string must be empty or one character.");
        }
        int character = escape.codePointAt(0);
        StringBuilder out = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == character && !escaped) {
                out.append('\\');
                escaped = true;
            } else if (c == '\\') {
                out.append(escaped ? "\\" : "\\\\");
                escaped = false;
            } else {
                out.appendCodePoint(c);
                escaped = false;
            }
        }
        return out.toString();
    }

    private static QuorateException endsInEscape() {
        return new QuorateException(
                ErrorCode.INVALID_ESCAPE_SEQUENCE,
                "LIKE pattern must not end with escape character");
    }
}
