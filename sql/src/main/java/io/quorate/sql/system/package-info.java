/// pg_catalog and information_schema: views and functions over one schema snapshot, computed when they
/// are asked.
@NullMarked
package io.quorate.sql.system;

import org.jspecify.annotations.NullMarked;
