/// `quorate slt`: runs sqllogictest files over JDBC and counts what passes. The format is that of
/// SQLite's sqllogictest (https://sqlite.org/sqllogictest), read as it reads it for PostgreSQL.
@NullMarked
package io.quorate.server.cli.slt;

import org.jspecify.annotations.NullMarked;
