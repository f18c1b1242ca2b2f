package io.quorate.sql.parse.lex;

/// The kinds of [Token].
public enum TokenKind {
    /// Not a keyword, or quoted.
    IDENTIFIER,
    KEYWORD,
    STRING,
    /// `B'101'`.
    BINARY_STRING,
    /// `X'1F'`.
    HEX_STRING,
    /// Digits that fit in four bytes.
    INTEGER,
    /// Every other number.
    DECIMAL,
    /// `$1`.
    PARAMETER,
    /// A character or two with a place of their own in the grammar: `(`, `::`, `<=`, `+`.
    SYMBOL,
    /// Any other run of operator characters.
    OPERATOR,
    END
}
