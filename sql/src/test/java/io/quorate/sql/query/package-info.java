/// Statements bound, planned and run over a transaction in memory.
@NullMarked
package io.quorate.sql.query;

import org.jspecify.annotations.NullMarked;
