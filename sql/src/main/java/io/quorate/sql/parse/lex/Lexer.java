package io.quorate.sql.parse.lex;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Cuts SQL text into tokens by PostgreSQL's lexical rules (chapter 4.1 of its manual): operators
/// are maximal runs of operator characters with a special rule about a last `+` or `-`, comments
/// nest, adjacent strings over a line break are one string.
///
/// Tokens are made one at a time, so that a syntax error is reported before a broken literal that
/// stands behind it.
public final class Lexer implements LexicalErrors {
    /// PostgreSQL's NAMEDATALEN - 1.
    private static final int NAME_BYTES_MAX = 63;

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    private static final String SYMBOL_CHARACTERS = ",()[].;:+-*/%^<>=";

    /// An operator that holds one of these may end in `+` or `-`.
    private static final String FREE_ENDING = "~!@#^&|`?%";

    private final String source;
    private final int length;
    private final LiteralScanner literals;
    private int at;

    /// Characters outside the basic plane take two units of the source and one position.
    private final boolean hasSurrogates;

    private int countedUnits;
    private int countedSurrogates;

    public Lexer(String source) {
        this.source = source;
        this.length = source.length();
        this.hasSurrogates = source.codePointCount(0, length) != length;
        this.literals = new LiteralScanner(source, this);
    }

    /// The next token; END again and again at the end.
    public Token next() {
        skipBlanks();
        int start = at;
        if (start >= length) {
            return token(TokenKind.END, "", start);
        }
        char c = source.charAt(start);
        if (isNameStart(c)) {
            return nameOrPrefixedLiteral(start, c);
        }
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            return number(start);
        }
        return switch (c) {
            case '\'' -> string(start, literals.plain(start + 1, start));
            case '"' -> quotedName(start);
            case '$' -> dollar(start);
            default -> symbolOrOperator(start, c);
        };
    }

    /// A syntax error that quotes the source from `start` to `end`.
    @Override
    public QuorateException error(ErrorCode code, String message, int start, int end) {
        return new QuorateException(
                        code, message + " at or near \"" + source.substring(start, end) + "\"")
                .withPosition(position(start));
    }

    @Override
    public QuorateException plain(String message, int start) {
        return new QuorateException(ErrorCode.SYNTAX_ERROR, message).withPosition(position(start));
    }

    /// The characters of the source before `unit`, counted from 1.
    public int position(int unit) {
        if (!hasSurrogates) {
            return unit + 1;
        }
        if (unit < countedUnits) {
            countedUnits = 0;
            countedSurrogates = 0;
        }
        for (; countedUnits < unit; countedUnits++) {
            if (Character.isLowSurrogate(source.charAt(countedUnits))) {
                countedSurrogates++;
            }
        }
        return unit + 1 - countedSurrogates;
    }

    private void skipBlanks() {
        while (at < length) {
            char c = source.charAt(at);
            if (isBlank(c)) {
                at++;
            } else if (c == '-' && peek(1) == '-') {
                at = LiteralScanner.lineEnd(source, at);
            } else if (c == '/' && peek(1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int start = at;
        int depth = 0;
        while (at < length) {
            char c = source.charAt(at);
            if (c == '/' && peek(1) == '*') {
                depth++;
                at += 2;
            } else if (c == '*' && peek(1) == '/') {
                depth--;
                at += 2;
                if (depth == 0) {
                    return;
                }
            } else {
                at++;
            }
        }
        throw error(ErrorCode.SYNTAX_ERROR, "unterminated /* comment", start, length);
    }

    private Token nameOrPrefixedLiteral(int start, char first) {
        char second = peek(1);
        if (second == '\'') {
            switch (first) {
                case 'e', 'E':
                    return string(start, literals.escaped(start + 2, start));
                case 'n', 'N':
                    return string(start, literals.plain(start + 2, start));
                case 'b', 'B':
                    String bits = literals.bits(start + 2, start, "bit");
                    return literal(TokenKind.BINARY_STRING, start, bits);
                case 'x', 'X':
                    String digits = literals.bits(start + 2, start, "hexadecimal");
                    return literal(TokenKind.HEX_STRING, start, digits);
                default:
                    break;
            }
        } else if ((first == 'u' || first == 'U') && second == '&') {
            if (peek(2) == '\'') {
                return string(start, literals.unicode(start + 3, start, '\''));
            }
            if (peek(2) == '"') {
                String name = literals.unicode(start + 3, start, '"');
                at = literals.end();
                return token(TokenKind.IDENTIFIER, truncated(name), start);
            }
        }
        return name(start);
    }

    private Token name(int start) {
        at++;
        boolean ascii = source.charAt(start) < 0x80;
        boolean lower = ascii && !isUpper(source.charAt(start));
        while (at < length && isNamePart(source.charAt(at))) {
            char c = source.charAt(at);
            ascii &= c < 0x80;
            lower &= !isUpper(c);
            at++;
        }
        String written = source.substring(start, at);
        String folded = lower ? written : folded(written, ascii);
        Keyword keyword = ascii ? Keyword.of(folded) : null;
        if (keyword != null) {
            return new Token(
                    TokenKind.KEYWORD, keyword.text(), keyword, start, at, position(start));
        }
        return token(TokenKind.IDENTIFIER, truncated(folded), start);
    }

    /// Only ASCII letters are folded, as PostgreSQL does in UTF-8 with the C locale.
    private static String folded(String written, boolean ascii) {
        if (ascii) {
            return written.toLowerCase(Locale.ROOT);
        }
        StringBuilder folded = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            folded.append(isUpper(c) ? (char) (c + ('a' - 'A')) : c);
        }
        return folded.toString();
    }

    private static String truncated(String name) {
        if (name.length() * 3 <= NAME_BYTES_MAX) {
            return name;
        }
        int bytes = 0;
        for (int i = 0; i < name.length(); ) {
            int character = name.codePointAt(i);
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > NAME_BYTES_MAX) {
                return name.substring(0, i);
            }
            i += Character.charCount(character);
        }
        return name;
    }

    private Token quotedName(int start) {
        StringBuilder name = new StringBuilder();
        at++;
        while (at < length) {
            char c = source.charAt(at++);
            if (c != '"') {
                name.append(c);
            } else if (at < length && source.charAt(at) == '"') {
                name.append('"');
                at++;
            } else if (name.isEmpty()) {
                throw error(ErrorCode.SYNTAX_ERROR, "zero-length delimited identifier", start, at);
            } else {
                return token(TokenKind.IDENTIFIER, truncated(name.toString()), start);
            }
        }
        throw error(ErrorCode.SYNTAX_ERROR, "unterminated quoted identifier", start, length);
    }

    private Token number(int start) {
        boolean integer = true;
        skipDigits();
        if (peek(0) == '.' && peek(1) != '.') {
            integer = false;
            at++;
            skipDigits();
        }
        char mark = peek(0);
        if (mark == 'e' || mark == 'E') {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (isDigit(peek(1 + sign))) {
                integer = false;
                at += 1 + sign;
                skipDigits();
            }
        }
        refuseJunk(start, "trailing junk after numeric literal");
        String text = source.substring(start, at);
        boolean small = integer && Token.fitsInt(text);
        return token(small ? TokenKind.INTEGER : TokenKind.DECIMAL, text, start);
    }

    private void refuseJunk(int start, String message) {
        if (at >= length || !isNameStart(source.charAt(at))) {
            return;
        }
        boolean exponent = isAsciiExponent(source.charAt(at));
        int end = at + 1;
        if (exponent && end < length && "+-".indexOf(source.charAt(end)) >= 0) {
            throw error(ErrorCode.SYNTAX_ERROR, message, start, end + 1);
        }
        while (end < length && isNamePart(source.charAt(end))) {
            end++;
        }
        throw error(ErrorCode.SYNTAX_ERROR, message, start, end);
    }

    private Token dollar(int start) {
        if (isDigit(peek(1))) {
            at++;
            skipDigits();
            refuseJunk(start, "trailing junk after parameter");
            return token(TokenKind.PARAMETER, source.substring(start + 1, at), start);
        }
        int tagEnd = start + 1;
        while (tagEnd < length && isTagPart(source.charAt(tagEnd), tagEnd == start + 1)) {
            tagEnd++;
        }
        if (tagEnd >= length || source.charAt(tagEnd) != '$') {
            throw error(ErrorCode.SYNTAX_ERROR, "syntax error", start, start + 1);
        }
        String tag = source.substring(start, tagEnd + 1);
        int close = source.indexOf(tag, tagEnd + 1);
        if (close < 0) {
            throw error(ErrorCode.SYNTAX_ERROR, "unterminated dollar-quoted string", start, length);
        }
        at = close + tag.length();
        return token(TokenKind.STRING, source.substring(tagEnd + 1, close), start);
    }

    private Token symbolOrOperator(int start, char c) {
        if (OPERATOR_CHARACTERS.indexOf(c) < 0) {
            return symbol(start, c);
        }
        int end = operatorEnd(start);
        at = end;
        String text = source.substring(start, end);
        if (text.length() == 1 && SYMBOL_CHARACTERS.indexOf(c) >= 0) {
            return token(TokenKind.SYMBOL, text, start);
        }
        if (text.length() > NAME_BYTES_MAX) {
            throw error(ErrorCode.SYNTAX_ERROR, "operator too long", start, end);
        }
        return switch (text) {
            case "<=", ">=", "<>", "=>" -> token(TokenKind.SYMBOL, text, start);
            case "!=" -> token(TokenKind.SYMBOL, "<>", start);
            default -> token(TokenKind.OPERATOR, text, start);
        };
    }

    private Token symbol(int start, char c) {
        if (SYMBOL_CHARACTERS.indexOf(c) < 0) {
            int end = start + Character.charCount(source.codePointAt(start));
            throw error(ErrorCode.SYNTAX_ERROR, "syntax error", start, end);
        }
        char second = peek(1);
        boolean two = (c == ':' && (second == ':' || second == '=')) || (c == '.' && second == '.');
        at += two ? 2 : 1;
        return token(TokenKind.SYMBOL, source.substring(start, at), start);
    }

    private int operatorEnd(int start) {
        int end = start;
        boolean freeEnding = false;
        while (end < length && OPERATOR_CHARACTERS.indexOf(source.charAt(end)) >= 0) {
            char c = source.charAt(end);
            char after = end + 1 < length ? source.charAt(end + 1) : '\0';
            if ((c == '-' && after == '-') || (c == '/' && after == '*')) {
                break;
            }
            end++;
        }
        for (int i = start; i < end; i++) {
            freeEnding |= FREE_ENDING.indexOf(source.charAt(i)) >= 0;
        }
        while (!freeEnding && end - start > 1 && "+-".indexOf(source.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private Token string(int start, String value) {
        return literal(TokenKind.STRING, start, value);
    }

    private Token literal(TokenKind kind, int start, String value) {
        at = literals.end();
        return token(kind, value, start);
    }

    private Token token(TokenKind kind, String text, int start) {
        return new Token(kind, text, null, start, at, position(start));
    }

    private void skipDigits() {
        while (at < length && isDigit(source.charAt(at))) {
            at++;
        }
    }

    /// The unit `ahead` of the next one; NUL behind the end.
    private char peek(int ahead) {
        return at + ahead < length ? source.charAt(at + ahead) : '\0';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isAsciiExponent(char c) {
        return c == 'e' || c == 'E';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || isUpper(c) || c == '_' || c >= 0x80;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }

    private static boolean isTagPart(char c, boolean first) {
        return isNameStart(c) || (!first && isDigit(c));
    }
}
