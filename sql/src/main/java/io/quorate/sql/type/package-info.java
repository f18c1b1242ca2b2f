/// SQL types and their values: the type table, text and binary forms, comparison, casts, and the
/// encodings of values in keys and rows.
///
/// A value (a *datum*) is a plain Java object; SQL's NULL is Java's null. One Java class stands
/// for one [TypeKind]:
///
/// | kind | Java class | value |
/// |---|---|---|
/// | BOOL | `Boolean` | |
/// | INT2, INT4, INT8 | `Long` | always within the type's range: nothing ever wraps |
/// | OID (also regclass and its kin, xid, cid) | `Long` | 0 to 2^32 - 1 |
/// | FLOAT4, FLOAT8 | `Float`, `Double` | NaN equals itself and is the largest |
/// | NUMERIC | [Numeric] | a decimal with its display scale, NaN or an infinity |
/// | TEXT, VARCHAR, BPCHAR, NAME, CHAR, UNKNOWN | `String` | bpchar keeps its padding |
/// | BYTEA | `ByteSlice` | |
/// | DATE | `Long` | days since 2000-01-01; the `int` extremes are -infinity and infinity |
/// | TIME | `Long` | microseconds since midnight, 24:00 included |
/// | TIMESTAMP, TIMESTAMPTZ | `Long` | microseconds since 2000-01-01 (UTC); the `long` extremes are the infinities |
/// | INTERVAL | [Interval] | months, days, microseconds |
/// | UUID | `java.util.UUID` | |
/// | ARRAY, VECTOR | [SqlArray] | |
/// | RECORD | `List<Object>` of [TypedDatum] | fields with their types |
/// | VOID | `String` | always empty |
///
/// **Order and equality** ([Datums]) are PostgreSQL's, under the C collation: text by code point
/// (the order of its UTF-8 bytes), bpchar without its trailing blanks, NaN above every number,
/// `-0` equal to `0`, 1.0 equal to 1.00 (and hashed alike), intervals by their length with a month
/// of 30 days and a day of 24 hours, uuid and bytea by unsigned bytes, arrays element by element
/// and then by length. NULL has no place in `compare`: a sort operator puts it last by default.
///
/// Nothing here has mutable static state; whatever a conversion takes from the session (time zone,
/// the current transaction's time, names of catalog objects) comes in a [SessionFormat].
@NullMarked
package io.quorate.sql.type;

import org.jspecify.annotations.NullMarked;
