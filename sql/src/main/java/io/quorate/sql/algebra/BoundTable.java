package io.quorate.sql.algebra;

import io.quorate.sql.algebra.BoundStatement.BoundCheck;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import java.util.List;

/// A table that a statement writes to, or that foreign keys may lead it to, and what must hold of its
/// rows.
///
/// @param checks over a new row
/// @param references what new rows refer to
/// @param dependents what refers to rows that go or change
public record BoundTable(
        TableDescriptor table,
        List<BoundCheck> checks,
        List<Reference> references,
        List<Dependent> dependents) {
    public BoundTable {
        checks = List.copyOf(checks);
        references = List.copyOf(references);
        dependents = List.copyOf(dependents);
    }

    /// A foreign key of the table.
    public record Reference(ForeignKeyDescriptor key, TableDescriptor referenced) {}

    /// A foreign key that refers to the table.
    ///
    /// @param table that has it
    /// @param rows of `table`, with their keys, that refer to a row; its values in the referenced
    ///     columns come as [Expr.Correlated], in the order of the key's columns
    /// @param defaults of the referring columns, in their order
    public record Dependent(
            ForeignKeyDescriptor key, TableDescriptor table, Rel rows, List<Expr> defaults) {
        public Dependent {
            defaults = List.copyOf(defaults);
        }
    }
}
