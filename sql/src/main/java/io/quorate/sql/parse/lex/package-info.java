/// Text to tokens, by PostgreSQL's lexical rules and its table of keywords.
@NullMarked
package io.quorate.sql.parse.lex;

import org.jspecify.annotations.NullMarked;
