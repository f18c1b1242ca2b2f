/// The tree back to SQL text, fully bracketed as PostgreSQL prints stored expressions.
@NullMarked
package io.quorate.sql.parse.print;

import org.jspecify.annotations.NullMarked;
