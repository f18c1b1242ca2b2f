package io.quorate.sql.parse.lex;

/// What a keyword may be besides a keyword.
public enum KeywordClass {
    /// Any name.
    UNRESERVED,
    /// A column or table, not a function or type.
    COLUMN_NAME,
    /// A function or type, not a column or table.
    TYPE_OR_FUNCTION_NAME,
    /// Nothing, but a label after AS.
    RESERVED
}
