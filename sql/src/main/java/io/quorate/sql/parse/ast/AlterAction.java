package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One action of ALTER TABLE (INDEX, VIEW, SEQUENCE, …).
public sealed interface AlterAction extends Node {
    record AddColumn(boolean ifNotExists, TableStatement.ColumnDefinition column, int position)
            implements AlterAction {}

    record DropColumn(boolean ifExists, Name column, boolean cascade, int position)
            implements AlterAction {}

    /// @param using null unless written
    record AlterType(
            Name column,
            TypeName type,
            @Nullable QualifiedName collation,
            @Nullable Expression using,
            int position)
            implements AlterAction {}

    record SetDefault(Name column, Expression value, int position) implements AlterAction {}

    record DropDefault(Name column, int position) implements AlterAction {}

    record SetNotNull(Name column, int position) implements AlterAction {}

    record DropNotNull(Name column, int position) implements AlterAction {}

    /// `DROP EXPRESSION`: a generated column becomes an ordinary one.
    record DropExpression(Name column, boolean ifExists, int position) implements AlterAction {}

    record AddIdentity(Name column, Constraint.Identity identity, int position)
            implements AlterAction {}

    /// `SET GENERATED …`, `SET START …`, `RESTART`.
    ///
    /// @param always null if GENERATED was not written
    record SetIdentity(
            Name column,
            @Nullable Boolean always,
            List<Constraint.SequenceOption> options,
            int position)
            implements AlterAction {
        public SetIdentity {
            options = List.copyOf(options);
        }
    }

    record DropIdentity(Name column, boolean ifExists, int position) implements AlterAction {}

    /// What only advises how a column is kept: `SET STATISTICS 100`, `SET STORAGE plain`,
    /// `SET COMPRESSION pglz`, `SET (n_distinct = 5)`, `RESET (n_distinct)`.
    record ColumnHint(Name column, String hint, int position) implements AlterAction {}

    record AddConstraint(Constraint constraint, int position) implements AlterAction {}

    record AlterConstraint(Name name, Constraint.Deferral deferral, int position)
            implements AlterAction {}

    record ValidateConstraint(Name name, int position) implements AlterAction {}

    record DropConstraint(boolean ifExists, Name name, boolean cascade, int position)
            implements AlterAction {}

    record RenameTo(Name name, int position) implements AlterAction {}

    record RenameColumn(Name from, Name to, int position) implements AlterAction {}

    record RenameConstraint(Name from, Name to, int position) implements AlterAction {}

    record SetSchema(Name schema, int position) implements AlterAction {}

    /// @param owner a role, or one of the words CURRENT_USER, CURRENT_ROLE, SESSION_USER
    record OwnerTo(Name owner, int position) implements AlterAction {}

    record SetTablespace(Name tablespace, int position) implements AlterAction {}

    /// `SET LOGGED`, `SET UNLOGGED`.
    record SetLogged(boolean logged, int position) implements AlterAction {}

    /// `SET (fillfactor = 70)`.
    record SetStorage(List<Option> options, int position) implements AlterAction {
        public SetStorage {
            options = List.copyOf(options);
        }
    }

    /// `RESET (fillfactor)`.
    record ResetStorage(List<Option> options, int position) implements AlterAction {
        public ResetStorage {
            options = List.copyOf(options);
        }
    }

    record AttachPartition(QualifiedName table, TableStatement.PartitionBound bound, int position)
            implements AlterAction {}

    record DetachPartition(QualifiedName table, int position) implements AlterAction {}

    /// `ALTER INDEX i ATTACH PARTITION j`.
    record AttachIndex(QualifiedName index, int position) implements AlterAction {}

    /// `SPLIT AT (v, …)[, (…)]`: Quorate's own; regions are split at these primary keys.
    record SplitAt(List<Compound.Row> keys, int position) implements AlterAction {
        public SplitAt {
            keys = List.copyOf(keys);
        }
    }

    /// `SCATTER`: Quorate's own; the leaders of the table's regions are spread over the nodes.
    record Scatter(int position) implements AlterAction {}

    /// `TRANSFER LEADER [OF (v, …)] TO node`: Quorate's own.
    ///
    /// @param key the region that holds this primary key; null for all regions of the table
    /// @param node the number of a node
    record TransferLeader(Compound.@Nullable Row key, long node, int position)
            implements AlterAction {}

    /// An action of PostgreSQL that is recognised by its words only: triggers, rules, row security,
    /// replica identity, inheritance, clustering.
    record Unsupported(String action, int position) implements AlterAction {}
}
