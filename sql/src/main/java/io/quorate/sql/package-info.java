/// SQL on one node: [QuorateSql] assembles parser, binder, planner, executor, catalog and sessions
/// over the transactions of the node. What the wire uses of it is `io.quorate.sql.api`.
@NullMarked
package io.quorate.sql;

import org.jspecify.annotations.NullMarked;
