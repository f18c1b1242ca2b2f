package io.quorate.sql.catalog;

import io.quorate.sql.type.SqlType;

/// A sequence. Its value is a row of its own, not part of the schema.
///
/// @param ownerTable the table whose column owns it (SERIAL, IDENTITY), 0 for none
/// @param ownerColumn that column's id
public record SequenceDescriptor(
        long oid,
        String schema,
        String name,
        SqlType type,
        long start,
        long increment,
        long minimum,
        long maximum,
        boolean cycles,
        long ownerTable,
        int ownerColumn) {
    public SequenceDescriptor withName(String newName) {
        return new SequenceDescriptor(
                oid,
                schema,
                newName,
                type,
                start,
                increment,
                minimum,
                maximum,
                cycles,
                ownerTable,
                ownerColumn);
    }
}
