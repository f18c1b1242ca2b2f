package io.quorate.sql.catalog;

/// A CHECK constraint: its expression as text over the table's column names.
public record CheckDescriptor(long oid, String name, String expressionSql) {}
