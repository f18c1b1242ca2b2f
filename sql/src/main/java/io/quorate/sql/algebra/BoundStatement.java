package io.quorate.sql.algebra;

import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.type.SqlType;
import java.util.List;

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
    /// @param checks over the new row
    /// @param returning over the new row; empty without RETURNING
    record BoundInsert(
            TableDescriptor table,
            Rel source,
            List<BoundCheck> checks,
            boolean returns,
            List<Expr> returning,
            List<OutputColumn> columns,
            List<SqlType> parameterTypes)
            implements BoundStatement {}

    /// @param source the rows to change: the table's columns, the row's key, then what FROM adds. A row
    ///     that comes more than once is changed once.
    /// @param assignments over the source's row
    /// @param checks over the new row
    /// @param returning over the source's row with the new values in the table's columns
    record BoundUpdate(
            TableDescriptor table,
            Rel source,
            List<Assignment> assignments,
            List<BoundCheck> checks,
            boolean returns,
            List<Expr> returning,
            List<OutputColumn> columns,
            List<SqlType> parameterTypes)
            implements BoundStatement {}

    /// @param source as in [BoundUpdate]
    /// @param returning over the source's row
    record BoundDelete(
            TableDescriptor table,
            Rel source,
            boolean returns,
            List<Expr> returning,
            List<OutputColumn> columns,
            List<SqlType> parameterTypes)
            implements BoundStatement {}

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
