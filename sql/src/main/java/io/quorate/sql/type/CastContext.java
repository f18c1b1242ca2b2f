package io.quorate.sql.type;

/// Where a conversion stands; each allows what the ones before it allow.
public enum CastContext {
    /// In an expression, without being asked for.
    IMPLICIT,
    /// A value going into a column.
    ASSIGNMENT,
    /// `CAST` or `::`.
    EXPLICIT
}
