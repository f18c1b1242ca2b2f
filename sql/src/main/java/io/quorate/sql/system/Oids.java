package io.quorate.sql.system;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.Schema;
import java.util.Map;
import java.util.TreeMap;

/// The oids of the objects that every database has, PostgreSQL's where it has them.
final class Oids {
    static final long SUPERUSER = 10;
    static final long DATABASE = 5;

    static final long PG_CLASS = 1259;
    static final long PG_CONSTRAINT = 2606;
    static final long PG_ATTRDEF = 2604;

    static final long HEAP = 2;
    static final long BTREE = 403;
    static final long DEFAULT_COLLATION = 100;
    static final long C_COLLATION = 950;
    static final long INTERNAL_LANGUAGE = 12;
    static final long DEFAULT_TABLESPACE = 1663;

    static final long PG_CATALOG = 11;
    static final long PUBLIC = 2200;

    static final String INFORMATION_SCHEMA = "information_schema";
    static final String INTERNAL_SCHEMA = "quorate_internal";

    private static final Map<String, Long> SCHEMAS =
            Map.of(
                    Schema.PG_CATALOG,
                    PG_CATALOG,
                    "pg_toast",
                    99L,
                    Schema.PUBLIC,
                    PUBLIC,
                    INFORMATION_SCHEMA,
                    13_207L,
                    INTERNAL_SCHEMA,
                    13_900L);

    /// More columns than a table can have.
    private static final int COLUMNS_MAX = 1 << 11;

    private Oids() {}

    /// The schemas there are, by name.
    static Map<String, Long> schemas() {
        return new TreeMap<>(SCHEMAS);
    }

    static long schema(String name) {
        return Check.present(SCHEMAS.get(name), "a schema that exists: " + name);
    }

    /// Of the DEFAULT of a column: descriptors give it no number of its own.
    static long columnDefault(long table, int column) {
        return (table * COLUMNS_MAX + column) & 0xffff_ffffL;
    }
}
