package io.quorate.sql.catalog;

import java.util.List;

/// A FOREIGN KEY, kept by the table that refers.
///
/// @param oid `pg_constraint.oid`
/// @param columnIds the referring columns
/// @param referencedTable the oid of the table referred to, perhaps the same one
/// @param referencedIndex the oid of the unique index over its columns
/// @param referencedColumnIds one for each of `columnIds`
/// @param full MATCH FULL: either all columns are NULL or none; otherwise one NULL refers to nothing
/// @param onDeleteColumnIds those that ON DELETE SET NULL or SET DEFAULT sets; empty for all
public record ForeignKeyDescriptor(
        long oid,
        String name,
        List<Integer> columnIds,
        long referencedTable,
        long referencedIndex,
        List<Integer> referencedColumnIds,
        boolean full,
        Action onUpdate,
        Action onDelete,
        List<Integer> onDeleteColumnIds) {
    public ForeignKeyDescriptor {
        columnIds = List.copyOf(columnIds);
        referencedColumnIds = List.copyOf(referencedColumnIds);
        onDeleteColumnIds = List.copyOf(onDeleteColumnIds);
    }

    /// What happens to the rows that refer to one that goes, or whose key changes.
    public enum Action {
        NO_ACTION("a", "NO ACTION"),
        RESTRICT("r", "RESTRICT"),
        CASCADE("c", "CASCADE"),
        SET_NULL("n", "SET NULL"),
        SET_DEFAULT("d", "SET DEFAULT");

        private final String code;
        private final String sql;

        Action(String code, String sql) {
            this.code = code;
            this.sql = sql;
        }

        /// As `pg_constraint` has it, and the stored form.
        public String code() {
            return code;
        }

        public String sql() {
            return sql;
        }
    }

    public ForeignKeyDescriptor withName(String newName) {
        return new ForeignKeyDescriptor(
                oid,
                newName,
                columnIds,
                referencedTable,
                referencedIndex,
                referencedColumnIds,
                full,
                onUpdate,
                onDelete,
                onDeleteColumnIds);
    }
}
