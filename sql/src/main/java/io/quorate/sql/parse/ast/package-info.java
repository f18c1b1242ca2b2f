/// The syntax tree: immutable records named by the words of SQL. Every node knows the character of
/// the statement, counted from 1, at which PostgreSQL would put the cursor of an error about it.
///
/// Names are already folded to lower case where they were not quoted. Lists are unmodifiable, and
/// empty where a clause is absent; `null` means absence only where the component says so.
@NullMarked
package io.quorate.sql.parse.ast;

import org.jspecify.annotations.NullMarked;
