package io.quorate.sql.algebra;

import io.quorate.sql.type.SqlType;

/// One column to order by, of the relation's own rows.
public record SortKey(int slot, SqlType type, boolean descending, boolean nullsFirst) {}
