package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.QualifiedName;

/// What the statements that change rows have in common: the table and its columns.
final class Targets {
    private Targets() {}

    /// A table that can be written to.
    static TableDescriptor table(Binding binding, QueryBinder queries, QualifiedName name) {
        Relation relation = new FromBinder(binding, queries, false).relation(name);
        return switch (relation) {
            case TableDescriptor table -> table;
            case ViewDescriptor view ->
                    throw Errors.unsupported("changing rows through a view", name.position());
            case SystemView view ->
                    throw Errors.error(
                            ErrorCode.INSUFFICIENT_PRIVILEGE,
                            "permission denied: \"" + view.name() + "\" is a system catalog",
                            name.position());
        };
    }

    static int position(TableDescriptor table, DataStatement.Target target) {
        if (!target.accessors().isEmpty()) {
            throw Errors.unsupported(
                    "an assignment to a part of a column",
                    target.accessors().getFirst().position());
        }
        String name = target.column().text();
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(name)) {
                return i;
            }
        }
        throw Errors.error(
                ErrorCode.UNDEFINED_COLUMN,
                "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist",
                target.position());
    }

    /// 428C9 for a value given to a column that is GENERATED ALWAYS.
    static void refuseGenerated(
            ColumnDescriptor column, DataStatement.Overriding overriding, int position) {
        if (column.identity() == Identity.ALWAYS && overriding == DataStatement.Overriding.NONE) {
            throw Errors.error(
                            ErrorCode.GENERATED_ALWAYS,
                            "cannot insert a non-DEFAULT value into column \""
                                    + column.name()
                                    + "\"",
                            position)
                    .withDetail(
                            "Column \""
                                    + column.name()
                                    + "\" is an identity column defined as GENERATED ALWAYS.")
                    .withHint("Use OVERRIDING SYSTEM VALUE to override.");
        }
    }
}
