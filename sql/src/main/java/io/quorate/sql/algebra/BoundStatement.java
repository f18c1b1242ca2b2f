package io.quorate.sql.algebra;

import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement that reads or changes rows, bound against one schema.
public sealed interface BoundStatement {
    /// Of `$1` and so on; all settled.
    List<SqlType> parameterTypes();

    /// What it returns; empty for a change without RETURNING, and for a query without columns.
    List<OutputColumn> columns();

    /// @param rel gives the columns in order
    /// @param locks whether it locks rows, so that it needs a transaction that may write
    record BoundQuery(
            Rel rel, List<OutputColumn> columns, List<SqlType> parameterTypes, boolean locks)
            implements BoundStatement {}

    /// @param source new rows, a value per column of the table, defaults and casts done
    /// @param conflict of ON CONFLICT; null unless written
    /// @param reached the table and those that its foreign keys lead to
    /// @param returning over the new row; empty without RETURNING
    record BoundInsert(
            TableDescriptor table,
            Rel source,
            @Nullable BoundConflict conflict,
            List<BoundTable> reached,
            boolean returns,
            List<Expr> returning,
            List<OutputColumn> columns,
            List<SqlType> parameterTypes)
            implements BoundStatement {}

    /// @param source the rows to change: the table's columns, the row's key, then what FROM adds. A row
    ///     that comes more than once is changed once.
    /// @param assignments over the source's row
    /// @param reached as in [BoundInsert]
    /// @param returning over the source's row with the new values in the table's columns
    record BoundUpdate(
            TableDescriptor table,
            Rel source,
            List<Assignment> assignments,
            List<BoundTable> reached,
            boolean returns,
            List<Expr> returning,
            List<OutputColumn> columns,
            List<SqlType> parameterTypes)
            implements BoundStatement {}

    /// @param source as in [BoundUpdate]
    /// @param reached as in [BoundInsert]
    /// @param returning over the source's row
    record BoundDelete(
            TableDescriptor table,
            Rel source,
            List<BoundTable> reached,
            boolean returns,
            List<Expr> returning,
            List<OutputColumn> columns,
            List<SqlType> parameterTypes)
            implements BoundStatement {}

    /// What an INSERT does about a row that is there already.
    ///
    /// @param arbiters the unique indexes in which it is looked for, the one that holds the rows
    ///     included
    /// @param inferred whether the statement says which; otherwise these are all there are
    /// @param updates whether the row there is updated; otherwise it stays
    /// @param assignments over the row there followed by the one that was to be inserted
    /// @param where as `assignments`; the row is updated only where it holds; null for always
    record BoundConflict(
            List<IndexDescriptor> arbiters,
            boolean inferred,
            boolean updates,
            List<Assignment> assignments,
            @Nullable Expr where) {}

    /// @param position of the column in the table
    record Assignment(int position, Expr value) {}

    /// A CHECK constraint, broken where it is false.
    record BoundCheck(String name, Expr condition) {}

    /// Whether rows come back.
    default boolean returnsRows() {
        return switch (this) {
            case BoundQuery query -> true;
            case BoundInsert insert -> insert.returns();
            case BoundUpdate update -> update.returns();
            case BoundDelete delete -> delete.returns();
        };
    }
}
