package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.ErrorObject;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.AlterAction;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.print.AstPrinter;
import io.quorate.sql.parse.print.Identifiers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ALTER TABLE … ALTER COLUMN and RENAME COLUMN: what changes a column in its place.
final class ColumnChanges {
    private ColumnChanges() {}

    /// @param value null to drop the default
    static void changeDefault(
            String columnName,
            @Nullable Expression value,
            TableDescriptor found,
            DdlSession session) {
        TableDescriptor table = takeOver(found, session);
        ColumnDescriptor column = columnOf(table, columnName);
        if (column.identity() != Identity.NONE) {
            throw new QuorateException(
                            ErrorCode.SYNTAX_ERROR,
                            "column \""
                                    + columnName
                                    + "\" of relation \""
                                    + table.name()
                                    + "\" is an identity column")
                    .withHint(
                            value == null
                                    ? "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead."
                                    : "Use ALTER TABLE ... ALTER COLUMN ... SET GENERATED instead.");
        }
        if (value != null) {
            session.checkDefault(column, value);
        }
        replace(
                table,
                column,
                column.withDefault(value == null ? null : AstPrinter.expression(value)),
                session);
    }

    static void setNotNull(String columnName, TableDescriptor found, DdlSession session) {
        TableDescriptor table = takeOver(found, session);
        ColumnDescriptor column = columnOf(table, columnName);
        if (column.notNull()) {
            return;
        }
        String sql =
                "SELECT 1 FROM "
                        + Identifiers.quote(List.of(table.schema(), table.name()))
                        + " WHERE "
                        + Identifiers.quote(column.name())
                        + " IS NULL LIMIT 1";
        if (session.firstRow(sql) != null) {
            throw new QuorateException(
                            ErrorCode.NOT_NULL_VIOLATION,
                            "column \""
                                    + columnName
                                    + "\" of relation \""
                                    + table.name()
                                    + "\" contains null values")
                    .withObject(ErrorObject.ofColumn(table.schema(), table.name(), columnName));
        }
        replace(table, column, column.withNotNull(true), session);
    }

    static void dropNotNull(String columnName, TableDescriptor found, DdlSession session) {
        TableDescriptor table = takeOver(found, session);
        ColumnDescriptor column = columnOf(table, columnName);
        if (column.identity() != Identity.NONE) {
            throw new QuorateException(
                    ErrorCode.SYNTAX_ERROR,
                    "column \""
                            + columnName
                            + "\" of relation \""
                            + table.name()
                            + "\" is an identity column");
        }
        if (table.primary().columnIds().contains(column.id())) {
            throw new QuorateException(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "column \"" + columnName + "\" is in a primary key");
        }
        replace(table, column, column.withNotNull(false), session);
    }

    /// CHECK conditions follow; they name columns.
    static void rename(AlterAction.RenameColumn rename, TableDescriptor found, DdlSession session) {
        String from = rename.from().text();
        String to = rename.to().text();
        ViewDependencies.refuseColumnRename(session.changes().known(), found, from, session);
        TableDescriptor table = takeOver(found, session);
        ColumnDescriptor column = table.column(from);
        if (column == null) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_COLUMN, "column \"" + from + "\" does not exist");
        }
        if (table.column(to) != null) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_COLUMN,
                    "column \"" + to + "\" of relation \"" + table.name() + "\" already exists");
        }
        List<CheckDescriptor> checks = new ArrayList<>();
        for (CheckDescriptor check : table.checks()) {
            String sql = StoredExpressions.withColumnRenamed(check.expressionSql(), from, to);
            checks.add(new CheckDescriptor(check.oid(), check.name(), sql));
        }
        replace(table.withChecks(checks), column, column.withName(to), session);
    }

    private static TableDescriptor takeOver(TableDescriptor found, DdlSession session) {
        session.changes().takeOver(List.of(found), 0);
        return TableChanges.current(session.changes(), found);
    }

    private static ColumnDescriptor columnOf(TableDescriptor table, String name) {
        ColumnDescriptor column = table.column(name);
        if (column == null) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist");
        }
        return column;
    }

    private static void replace(
            TableDescriptor table,
            ColumnDescriptor column,
            ColumnDescriptor changed,
            DdlSession session) {
        List<ColumnDescriptor> columns = new ArrayList<>(table.columns());
        columns.replaceAll(each -> each.id() == column.id() ? changed : each);
        session.changes().put(table.withColumns(columns, table.nextColumnId()));
    }
}
