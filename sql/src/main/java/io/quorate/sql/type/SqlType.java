package io.quorate.sql.type;

import org.jspecify.annotations.Nullable;

/// A type as an expression or column has it: a row of `pg_type` and a type modifier. The constants
/// are the built-in types without a modifier, under PostgreSQL's OIDs.
///
/// @param oid `pg_type.oid`
/// @param name `pg_type.typname`, such as `int4` (the SQL spelling is [#format()])
/// @param lengthBytes `pg_type.typlen`: -1 for variable length, -2 for a C string
/// @param arrayOid the type of arrays of this type, 0 where there is none
/// @param element the type of the elements where values are arrays
/// @param typmod `varchar(n)` and the like in PostgreSQL's coding, -1 for none
public record SqlType(
        int oid,
        String name,
        TypeKind kind,
        TypeCategory category,
        boolean preferred,
        int lengthBytes,
        int arrayOid,
        @Nullable SqlType element,
        int typmod) {

    public static final SqlType BOOL =
            preferred(16, "bool", TypeKind.BOOL, TypeCategory.BOOLEAN, 1, 1000);
    public static final SqlType BYTEA =
            base(17, "bytea", TypeKind.BYTEA, TypeCategory.USER, -1, 1001);
    public static final SqlType CHAR =
            base(18, "char", TypeKind.CHAR, TypeCategory.INTERNAL, 1, 1002);
    public static final SqlType NAME =
            base(19, "name", TypeKind.NAME, TypeCategory.STRING, 64, 1003);
    public static final SqlType INT8 =
            base(20, "int8", TypeKind.INT8, TypeCategory.NUMERIC, 8, 1016);
    public static final SqlType INT2 =
            base(21, "int2", TypeKind.INT2, TypeCategory.NUMERIC, 2, 1005);
    public static final SqlType INT4 =
            base(23, "int4", TypeKind.INT4, TypeCategory.NUMERIC, 4, 1007);
    public static final SqlType INT2VECTOR = vector(22, "int2vector", 1006, INT2);
    public static final SqlType TEXT =
            preferred(25, "text", TypeKind.TEXT, TypeCategory.STRING, -1, 1009);
    public static final SqlType OID =
            preferred(26, "oid", TypeKind.OID, TypeCategory.NUMERIC, 4, 1028);
    public static final SqlType OIDVECTOR = vector(30, "oidvector", 1013, OID);
    public static final SqlType XID = base(28, "xid", TypeKind.OID, TypeCategory.USER, 4, 1011);
    public static final SqlType CID = base(29, "cid", TypeKind.OID, TypeCategory.USER, 4, 1012);
    public static final SqlType PG_NODE_TREE =
            base(194, "pg_node_tree", TypeKind.TEXT, TypeCategory.INTERNAL, -1, 0);
    public static final SqlType FLOAT4 =
            base(700, "float4", TypeKind.FLOAT4, TypeCategory.NUMERIC, 4, 1021);
    public static final SqlType FLOAT8 =
            preferred(701, "float8", TypeKind.FLOAT8, TypeCategory.NUMERIC, 8, 1022);
    public static final SqlType UNKNOWN =
            base(705, "unknown", TypeKind.UNKNOWN, TypeCategory.UNKNOWN, -2, 0);
    public static final SqlType BPCHAR =
            base(1042, "bpchar", TypeKind.BPCHAR, TypeCategory.STRING, -1, 1014);
    public static final SqlType VARCHAR =
            base(1043, "varchar", TypeKind.VARCHAR, TypeCategory.STRING, -1, 1015);
    public static final SqlType DATE =
            base(1082, "date", TypeKind.DATE, TypeCategory.DATE_TIME, 4, 1182);
    public static final SqlType TIME =
            base(1083, "time", TypeKind.TIME, TypeCategory.DATE_TIME, 8, 1183);
    public static final SqlType TIMESTAMP =
            base(1114, "timestamp", TypeKind.TIMESTAMP, TypeCategory.DATE_TIME, 8, 1115);
    public static final SqlType TIMESTAMPTZ =
            preferred(1184, "timestamptz", TypeKind.TIMESTAMPTZ, TypeCategory.DATE_TIME, 8, 1185);
    public static final SqlType INTERVAL =
            preferred(1186, "interval", TypeKind.INTERVAL, TypeCategory.TIMESPAN, 16, 1187);
    public static final SqlType NUMERIC =
            base(1700, "numeric", TypeKind.NUMERIC, TypeCategory.NUMERIC, -1, 1231);
    public static final SqlType UUID =
            base(2950, "uuid", TypeKind.UUID, TypeCategory.USER, 16, 2951);

    public static final SqlType REGPROC = reg(24, "regproc", 1008);
    public static final SqlType REGPROCEDURE = reg(2202, "regprocedure", 2207);
    public static final SqlType REGOPER = reg(2203, "regoper", 2208);
    public static final SqlType REGOPERATOR = reg(2204, "regoperator", 2209);
    public static final SqlType REGCLASS = reg(2205, "regclass", 2210);
    public static final SqlType REGTYPE = reg(2206, "regtype", 2211);
    public static final SqlType REGNAMESPACE = reg(4089, "regnamespace", 4090);
    public static final SqlType REGROLE = reg(4096, "regrole", 4097);

    public static final SqlType RECORD =
            base(2249, "record", TypeKind.RECORD, TypeCategory.PSEUDO, -1, 2287);
    public static final SqlType VOID = base(2278, "void", TypeKind.VOID, TypeCategory.PSEUDO, 4, 0);
    public static final SqlType ANY = pseudo(2276, "any", 4);
    public static final SqlType ANYARRAY = pseudo(2277, "anyarray", -1);
    public static final SqlType ANYELEMENT = pseudo(2283, "anyelement", 4);
    public static final SqlType ANYNONARRAY = pseudo(2776, "anynonarray", 4);
    public static final SqlType ANYCOMPATIBLE = pseudo(5077, "anycompatible", 4);
    public static final SqlType ANYCOMPATIBLEARRAY = pseudo(5078, "anycompatiblearray", -1);
    public static final SqlType ANYCOMPATIBLENONARRAY = pseudo(5079, "anycompatiblenonarray", 4);

    /// `varchar(n)`.
    public static SqlType varchar(int lengthMax) {
        return VARCHAR.withTypmod(Typmods.ofLength(lengthMax));
    }

    /// `char(n)`.
    public static SqlType bpchar(int length) {
        return BPCHAR.withTypmod(Typmods.ofLength(length));
    }

    /// `numeric(p, s)`.
    public static SqlType numeric(int precision, int scale) {
        return NUMERIC.withTypmod(Typmods.ofNumeric(precision, scale));
    }

    /// The type of arrays with these elements; the modifier of the elements is kept, as PostgreSQL
    /// does, as that of the array. Null where the type has no array type.
    public static @Nullable SqlType arrayOf(SqlType element) {
        if (element.arrayOid == 0) {
            return null;
        }
        return new SqlType(
                element.arrayOid,
                "_" + element.name,
                TypeKind.ARRAY,
                TypeCategory.ARRAY,
                false,
                -1,
                0,
                element.withTypmod(-1),
                element.typmod);
    }

    public SqlType withTypmod(int newTypmod) {
        return newTypmod == typmod
                ? this
                : new SqlType(
                        oid,
                        name,
                        kind,
                        category,
                        preferred,
                        lengthBytes,
                        arrayOid,
                        element,
                        newTypmod);
    }

    /// The elements of an array, with the array's modifier.
    public @Nullable SqlType elementWithTypmod() {
        return element == null ? null : element.withTypmod(typmod);
    }

    /// Whether it is the same row of `pg_type`, whatever the modifiers.
    public boolean sameTypeAs(SqlType other) {
        return oid == other.oid;
    }

    public boolean isPolymorphic() {
        return kind == TypeKind.PSEUDO && oid != 2276;
    }

    /// Whether values are arrays in the sense of subscripts and `ANY`.
    public boolean isArray() {
        return kind == TypeKind.ARRAY || kind == TypeKind.VECTOR;
    }

    /// As `format_type` spells it: `character varying(3)`, `integer[]`.
    public String format() {
        return TypeNames.format(this);
    }

    @Override
    public String toString() {
        return format();
    }

    private static SqlType base(
            int oid, String name, TypeKind kind, TypeCategory category, int length, int arrayOid) {
        return new SqlType(oid, name, kind, category, false, length, arrayOid, null, -1);
    }

    private static SqlType preferred(
            int oid, String name, TypeKind kind, TypeCategory category, int length, int arrayOid) {
        return new SqlType(oid, name, kind, category, true, length, arrayOid, null, -1);
    }

    private static SqlType reg(int oid, String name, int arrayOid) {
        return base(oid, name, TypeKind.OID, TypeCategory.NUMERIC, 4, arrayOid);
    }

    private static SqlType pseudo(int oid, String name, int length) {
        return base(oid, name, TypeKind.PSEUDO, TypeCategory.PSEUDO, length, 0);
    }

    private static SqlType vector(int oid, String name, int arrayOid, SqlType element) {
        return new SqlType(
                oid, name, TypeKind.VECTOR, TypeCategory.ARRAY, false, -1, arrayOid, element, -1);
    }
}
