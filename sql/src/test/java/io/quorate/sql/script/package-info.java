/// Whole sessions over a store in memory: schema changes, utilities and transactions as a client
/// sees them.
@NullMarked
package io.quorate.sql.script;

import org.jspecify.annotations.NullMarked;
