package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Statement;

/// A statement of a script with its own text, from its first to its last token, without semicolon.
/// The positions in its tree count from the start of the whole script, as PostgreSQL's do.
///
/// @param start the index in the script at which the text starts
/// @param end the index behind its last character
public record ParsedStatement(Statement statement, String text, int start, int end) {}
