package io.quorate.sql.parse;

import org.jspecify.annotations.Nullable;

/// One token.
///
/// @param text an identifier folded and unquoted, a keyword in lower case, a string's value, a
///     parameter's number, else the characters themselves
/// @param keyword null unless the kind is KEYWORD
/// @param start the index of its first UTF-16 unit in the source
/// @param end the index behind its last one
/// @param position the same start counted in characters from 1
record Token(
        TokenKind kind,
        String text,
        @Nullable Keyword keyword,
        int start,
        int end,
        int position) {
    /// Whether it is this keyword, in lower case, or this symbol.
    boolean is(String expected) {
        return (kind == TokenKind.KEYWORD || kind == TokenKind.SYMBOL) && text.equals(expected);
    }

    /// Whether it can name a column, table, schema, role or other object: PostgreSQL's ColId.
    boolean isColumnName() {
        return kind == TokenKind.IDENTIFIER
                || (keyword != null
                        && (keyword.kind() == KeywordClass.UNRESERVED
                                || keyword.kind() == KeywordClass.COLUMN_NAME));
    }

    /// Whether it can name a type or, alone, a function.
    boolean isTypeOrFunctionName() {
        return kind == TokenKind.IDENTIFIER
                || (keyword != null
                        && (keyword.kind() == KeywordClass.UNRESERVED
                                || keyword.kind() == KeywordClass.TYPE_OR_FUNCTION_NAME));
    }

    /// Whether it can stand after AS or a dot: every word can.
    boolean isLabel() {
        return kind == TokenKind.IDENTIFIER || kind == TokenKind.KEYWORD;
    }

    /// Whether it can name an output column without AS.
    boolean isBareLabel() {
        return kind == TokenKind.IDENTIFIER || (keyword != null && keyword.bareLabel());
    }
}
