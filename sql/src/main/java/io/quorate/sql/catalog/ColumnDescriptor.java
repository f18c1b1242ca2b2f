package io.quorate.sql.catalog;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param id its number in the table (`pg_attribute.attnum`), from 1, never reused; rows store values
///     under it
/// @param defaultSql the DEFAULT expression as text, null where there is none
/// @param missing the encoded value of rows written before the column was added, null for NULL
public record ColumnDescriptor(
        int id,
        String name,
        SqlType type,
        boolean notNull,
        @Nullable String defaultSql,
        Identity identity,
        @Nullable ByteSlice missing)
        implements RelationColumn {

    /// GENERATED … AS IDENTITY, whose default is the next value of a sequence the column owns.
    public enum Identity {
        NONE,
        ALWAYS,
        BY_DEFAULT
    }

    public ColumnDescriptor withId(int newId) {
        return new ColumnDescriptor(newId, name, type, notNull, defaultSql, identity, missing);
    }

    public ColumnDescriptor withNotNull(boolean newNotNull) {
        return new ColumnDescriptor(id, name, type, newNotNull, defaultSql, identity, missing);
    }

    public ColumnDescriptor withName(String newName) {
        return new ColumnDescriptor(id, newName, type, notNull, defaultSql, identity, missing);
    }

    /// @param newDefaultSql null for none
    public ColumnDescriptor withDefault(@Nullable String newDefaultSql) {
        return new ColumnDescriptor(id, name, type, notNull, newDefaultSql, identity, missing);
    }
}
