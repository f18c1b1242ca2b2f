/// The front of SQL: text in, tree out. [Parser] is the door; behind it every class reads one part
/// of PostgreSQL's grammar and knows nothing of catalogues or types: what a name means is the
/// binder's business.
@NullMarked
package io.quorate.sql.parse;

import org.jspecify.annotations.NullMarked;
