package io.quorate.sql.parse.lex;

import org.jspecify.annotations.Nullable;

/// One token.
///
/// @param text an identifier folded and unquoted, a keyword in lower case, a string's value, a
///     parameter's number, else the characters themselves
/// @param keyword null unless the kind is KEYWORD
/// @param start the index of its first UTF-16 unit in the source
/// @param end the index behind its last one
/// @param position the same start counted in characters from 1
public record Token(
        TokenKind kind, String text, @Nullable Keyword keyword, int start, int end, int position) {
    /// Whether it is this keyword, in lower case, or this symbol.
    public boolean is(String expected) {
        return (kind == TokenKind.KEYWORD || kind == TokenKind.SYMBOL) && text.equals(expected);
    }

    /// Whether it can name a column, table, schema, role or other object: PostgreSQL's ColId.
    public boolean isColumnName() {
        return kind == TokenKind.IDENTIFIER
                || (keyword != null
                        && (keyword.kind() == KeywordClass.UNRESERVED
                                || keyword.kind() == KeywordClass.COLUMN_NAME));
    }

    /// Whether it can name a type or, alone, a function.
    public boolean isTypeOrFunctionName() {
        return kind == TokenKind.IDENTIFIER
                || (keyword != null
                        && (keyword.kind() == KeywordClass.UNRESERVED
                                || keyword.kind() == KeywordClass.TYPE_OR_FUNCTION_NAME));
    }

    /// Whether it can stand after AS or a dot: every word can.
    public boolean isLabel() {
        return kind == TokenKind.IDENTIFIER || kind == TokenKind.KEYWORD;
    }

    /// Whether it can name an output column without AS.
    public boolean isBareLabel() {
        return kind == TokenKind.IDENTIFIER || (keyword != null && keyword.bareLabel());
    }

    /// Whether digits make a number of four bytes.
    public static boolean fitsInt(String digits) {
        if (digits.length() < 10) {
            return true;
        }
        try {
            return Long.parseLong(digits) <= Integer.MAX_VALUE;
        } catch (NumberFormatException tooLong) {
            return false;
        }
    }
}
