package io.quorate.sql.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An index, the primary one (which holds the rows) included.
///
/// @param oid `pg_class.oid`
/// @param keyId the number that its keys start with after the table's; never reused in the table. It
///     changes when the table is rewritten under a new one.
/// @param columnIds the columns in order; empty for the primary index of a table without a primary
///     key, which is ordered by the hidden row id
/// @param constraint the name of the UNIQUE or PRIMARY KEY constraint it serves, null for a plain
///     index
public record IndexDescriptor(
        long oid,
        int keyId,
        String name,
        boolean unique,
        boolean primary,
        List<Integer> columnIds,
        @Nullable String constraint) {
    public IndexDescriptor {
        columnIds = List.copyOf(columnIds);
    }

    /// Under another name, and so the constraint it serves.
    public IndexDescriptor withName(String newName) {
        return new IndexDescriptor(
                oid,
                keyId,
                newName,
                unique,
                primary,
                columnIds,
                constraint == null ? null : newName);
    }
}
