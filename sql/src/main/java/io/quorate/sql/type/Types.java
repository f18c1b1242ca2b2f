package io.quorate.sql.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table of built-in types, by OID and by name. Filled once, immutable.
public final class Types {
    private static final Map<Integer, SqlType> BY_OID = new LinkedHashMap<>();
    private static final Map<String, SqlType> BY_NAME = new LinkedHashMap<>();

    static {
        for (SqlType type : scalars()) {
            add(type);
        }
        for (SqlType type : scalars()) {
            SqlType array = SqlType.arrayOf(type);
            if (array != null) {
                add(array);
            }
        }
    }

    private Types() {}

    /// Every built-in type, arrays included, in the order of `pg_type` within each group.
    public static Collection<SqlType> all() {
        return List.copyOf(BY_OID.values());
    }

    public static @Nullable SqlType byOid(int oid) {
        return BY_OID.get(oid);
    }

    /// By `pg_type.typname`, such as `int4` or `_text`; SQL's spellings are [TypeNames]'.
    public static @Nullable SqlType byName(String name) {
        return BY_NAME.get(name);
    }

    private static void add(SqlType type) {
        BY_OID.put(type.oid(), type);
        BY_NAME.put(type.name(), type);
    }

    private static List<SqlType> scalars() {
        List<SqlType> types = new ArrayList<>();
        types.addAll(
                List.of(
                        SqlType.BOOL,
                        SqlType.BYTEA,
                        SqlType.CHAR,
                        SqlType.NAME,
                        SqlType.INT8,
                        SqlType.INT2,
                        SqlType.INT2VECTOR,
                        SqlType.INT4,
                        SqlType.REGPROC,
                        SqlType.TEXT,
                        SqlType.OID,
                        SqlType.XID,
                        SqlType.CID,
                        SqlType.OIDVECTOR,
                        SqlType.PG_NODE_TREE,
                        SqlType.FLOAT4,
                        SqlType.FLOAT8,
                        SqlType.UNKNOWN,
                        SqlType.BPCHAR,
                        SqlType.VARCHAR,
                        SqlType.DATE,
                        SqlType.TIME,
                        SqlType.TIMESTAMP,
                        SqlType.TIMESTAMPTZ,
                        SqlType.INTERVAL,
                        SqlType.NUMERIC));
        types.addAll(
                List.of(
                        SqlType.REGPROCEDURE,
                        SqlType.REGOPER,
                        SqlType.REGOPERATOR,
                        SqlType.REGCLASS,
                        SqlType.REGTYPE,
                        SqlType.RECORD,
                        SqlType.ANY,
                        SqlType.ANYARRAY,
                        SqlType.VOID,
                        SqlType.ANYELEMENT,
                        SqlType.ANYNONARRAY,
                        SqlType.UUID,
                        SqlType.REGNAMESPACE,
                        SqlType.REGROLE,
                        SqlType.ANYCOMPATIBLE,
                        SqlType.ANYCOMPATIBLEARRAY,
                        SqlType.ANYCOMPATIBLENONARRAY,
                        RowTypes.EXPANDED_ELEMENT,
                        RowTypes.KEYWORD));
        return types;
    }
}
