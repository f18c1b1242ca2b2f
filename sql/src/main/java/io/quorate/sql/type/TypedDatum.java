package io.quorate.sql.type;

import org.jspecify.annotations.Nullable;

/// A value with its type, where the type is not known from the place: a field of a record.
public record TypedDatum(SqlType type, @Nullable Object value) {}
