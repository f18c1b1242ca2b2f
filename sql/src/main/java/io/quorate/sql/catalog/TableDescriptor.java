package io.quorate.sql.catalog;

import io.quorate.common.check.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table at one moment.
///
/// @param oid `pg_class.oid` and the first number of its keys
/// @param version grows with every change of this descriptor
/// @param columns in order of their position, without dropped ones; they count as used for `nextColumnId`
/// @param primary the index that holds the rows
/// @param secondary further indexes, all of them complete
/// @param foreignKeys what its rows refer to
/// @param writesBlocked true while an index is built: statements that write wait for the next version
public record TableDescriptor(
        long oid,
        String schema,
        String name,
        int version,
        List<ColumnDescriptor> columns,
        IndexDescriptor primary,
        List<IndexDescriptor> secondary,
        List<CheckDescriptor> checks,
        List<ForeignKeyDescriptor> foreignKeys,
        int nextColumnId,
        int nextIndexKeyId,
        boolean writesBlocked)
        implements Relation {

    public TableDescriptor {
        columns = List.copyOf(columns);
        secondary = List.copyOf(secondary);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
        Check.that(
                primary.primary() && primary.unique(), "the primary index is primary and unique");
    }

    /// Whether rows are ordered by a hidden row id for want of a primary key.
    public boolean hasHiddenRowId() {
        return primary.columnIds().isEmpty();
    }

    /// Where the column with that id stands among [#columns()]; -1 where it was dropped.
    public int positionOf(int columnId) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).id() == columnId) {
                return i;
            }
        }
        return -1;
    }

    public @Nullable ColumnDescriptor column(String columnName) {
        for (ColumnDescriptor column : columns) {
            if (column.name().equals(columnName)) {
                return column;
            }
        }
        return null;
    }

    /// The positions of an index's columns among [#columns()].
    public int[] positionsOf(IndexDescriptor index) {
        return index.columnIds().stream().mapToInt(this::positionOf).toArray();
    }

    /// Every index, the primary one first.
    public List<IndexDescriptor> indexes() {
        List<IndexDescriptor> all = new ArrayList<>();
        all.add(primary);
        all.addAll(secondary);
        return all;
    }

    /// The index with that oid; null if it is none of this table's.
    public @Nullable IndexDescriptor index(long indexOid) {
        for (IndexDescriptor index : indexes()) {
            if (index.oid() == indexOid) {
                return index;
            }
        }
        return null;
    }

    /// Whether a CHECK or FOREIGN KEY has that oid.
    boolean hasConstraint(long constraintOid) {
        return checks.stream().anyMatch(check -> check.oid() == constraintOid)
                || foreignKeys.stream().anyMatch(key -> key.oid() == constraintOid);
    }

    public TableDescriptor withColumns(List<ColumnDescriptor> newColumns, int newNextColumnId) {
        return new TableDescriptor(
                oid,
                schema,
                name,
                version + 1,
                newColumns,
                primary,
                secondary,
                checks,
                foreignKeys,
                newNextColumnId,
                nextIndexKeyId,
                writesBlocked);
    }

    public TableDescriptor withPrimary(IndexDescriptor newPrimary) {
        return new TableDescriptor(
                oid,
                schema,
                name,
                version + 1,
                columns,
                newPrimary,
                secondary,
                checks,
                foreignKeys,
                nextColumnId,
                Math.max(nextIndexKeyId, newPrimary.keyId() + 1),
                writesBlocked);
    }

    public TableDescriptor withSecondary(List<IndexDescriptor> newSecondary, int newNextKeyId) {
        return new TableDescriptor(
                oid,
                schema,
                name,
                version + 1,
                columns,
                primary,
                newSecondary,
                checks,
                foreignKeys,
                nextColumnId,
                newNextKeyId,
                writesBlocked);
    }

    /// Sets so many index numbers aside for a change to come.
    public TableDescriptor withReservedKeys(int count) {
        return withSecondary(secondary, nextIndexKeyId + count);
    }

    public TableDescriptor withChecks(List<CheckDescriptor> newChecks) {
        return new TableDescriptor(
                oid,
                schema,
                name,
                version + 1,
                columns,
                primary,
                secondary,
                newChecks,
                foreignKeys,
                nextColumnId,
                nextIndexKeyId,
                writesBlocked);
    }

    public TableDescriptor withForeignKeys(List<ForeignKeyDescriptor> newForeignKeys) {
        return new TableDescriptor(
                oid,
                schema,
                name,
                version + 1,
                columns,
                primary,
                secondary,
                checks,
                newForeignKeys,
                nextColumnId,
                nextIndexKeyId,
                writesBlocked);
    }

    /// The descriptor as it was stored, with what only later versions store.
    TableDescriptor withStoredForeignKeys(List<ForeignKeyDescriptor> stored) {
        return new TableDescriptor(
                oid,
                schema,
                name,
                version,
                columns,
                primary,
                secondary,
                checks,
                stored,
                nextColumnId,
                nextIndexKeyId,
                writesBlocked);
    }

    public TableDescriptor withName(String newName) {
        return new TableDescriptor(
                oid,
                schema,
                newName,
                version + 1,
                columns,
                primary,
                secondary,
                checks,
                foreignKeys,
                nextColumnId,
                nextIndexKeyId,
                writesBlocked);
    }

    public TableDescriptor withWritesBlocked(boolean blocked) {
        return new TableDescriptor(
                oid,
                schema,
                name,
                version + 1,
                columns,
                primary,
                secondary,
                checks,
                foreignKeys,
                nextColumnId,
                nextIndexKeyId,
                blocked);
    }
}
