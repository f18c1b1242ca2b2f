package io.quorate.sql.type;

/// Order, equality and hash of values, as the package comment says. Neither side may be null.
public final class Datums {
    private Datums() {}

    /// Negative, zero or positive as PostgreSQL's default btree order has it.
    public static int compare(SqlType type, Object left, Object right) {
        throw Unfinished.door();
    }

    public static boolean equal(SqlType type, Object left, Object right) {
        return compare(type, left, right) == 0;
    }

    /// Equal values (as [#equal]) have equal hashes; the same in every process.
    public static int hash(SqlType type, Object value) {
        throw Unfinished.door();
    }
}
