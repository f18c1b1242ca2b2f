package io.quorate.sql.catalog;

import io.quorate.sql.type.SqlType;

/// A column as the binder needs it.
public interface RelationColumn {
    String name();

    SqlType type();

    boolean notNull();
}
