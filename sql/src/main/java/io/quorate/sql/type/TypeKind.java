package io.quorate.sql.type;

/// How values of a type are held and converted; the closed family over which the conversions
/// switch. Several types may share a kind (all the `reg…` types are OID).
public enum TypeKind {
    BOOL,
    INT2,
    INT4,
    INT8,
    OID,
    FLOAT4,
    FLOAT8,
    NUMERIC,
    TEXT,
    VARCHAR,
    BPCHAR,
    /// The one-byte type `"char"` of the catalogs.
    CHAR,
    NAME,
    /// A quoted literal or parameter whose type is not settled yet.
    UNKNOWN,
    BYTEA,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    INTERVAL,
    UUID,
    ARRAY,
    /// int2vector and oidvector: arrays from 0, written with blanks between the elements.
    VECTOR,
    RECORD,
    VOID,
    /// Types that only stand in a function's signature: any, anyelement, anyarray, …
    PSEUDO;

    /// The kinds whose values are Java strings.
    public boolean isString() {
        return switch (this) {
            case TEXT, VARCHAR, BPCHAR, CHAR, NAME, UNKNOWN -> true;
            case BOOL, INT2, INT4, INT8, OID, FLOAT4, FLOAT8, NUMERIC, BYTEA, DATE, TIME -> false;
            case TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID, ARRAY, VECTOR, RECORD, VOID, PSEUDO ->
                    false;
        };
    }
}
