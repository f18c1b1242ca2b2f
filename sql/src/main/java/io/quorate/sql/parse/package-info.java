/// The front of SQL: text in, tree out. [Lexer] and the parsers know PostgreSQL's grammar and nothing
/// of catalogues or types; what a name means is the binder's business.
@NullMarked
package io.quorate.sql.parse;

import org.jspecify.annotations.NullMarked;
