package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.ErrorObject;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor.Action;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Constraint.ActionKind;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.print.Identifiers;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import io.quorate.sql.type.TypeText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// FOREIGN KEY constraints: from what is written to a descriptor, and the proof that the rows there
/// are keep it.
final class ForeignKeys {
    private ForeignKeys() {}

    /// The table that a constraint refers to.
    ///
    /// @param itself the table being made or altered
    static TableDescriptor referenced(
            Constraint.ForeignKey written,
            TableDescriptor itself,
            Schema schema,
            DdlSession session) {
        QualifiedName name = written.table();
        String schemaName = ObjectNames.schemaOf(name);
        boolean isItself =
                itself.name().equals(name.last())
                        && (schemaName == null || schemaName.equals(itself.schema()));
        if (isItself) {
            return itself;
        }
        Relation found = schema.find(schemaName, name.last(), session.searchPath());
        return switch (found) {
            case null ->
                    throw new QuorateException(
                            ErrorCode.UNDEFINED_TABLE,
                            "relation \"" + String.join(".", name.parts()) + "\" does not exist");
            case TableDescriptor table -> table;
            case ViewDescriptor view ->
                    throw new QuorateException(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "referenced relation \"" + view.name() + "\" is not a table");
            case SystemView view ->
                    throw new QuorateException(
                            ErrorCode.INSUFFICIENT_PRIVILEGE,
                            "permission denied: \"" + view.name() + "\" is a system catalog");
        };
    }

    /// @param columns the referring columns, by name
    static ForeignKeyDescriptor resolve(
            Constraint.ForeignKey written,
            List<String> columns,
            TableDescriptor table,
            TableDescriptor referenced,
            long oid,
            String name) {
        refuseUnsupported(written);
        List<Integer> columnIds = ids(table, columns);
        List<String> referencedNames =
                written.referenced().isEmpty()
                        ? primaryKey(referenced)
                        : written.referenced().stream().map(Name::text).toList();
        List<Integer> referencedIds = ids(referenced, referencedNames);
        IndexDescriptor index = uniqueIndex(referenced, referencedIds);
        if (columnIds.size() != referencedIds.size()) {
            throw new QuorateException(
                    ErrorCode.INVALID_FOREIGN_KEY,
                    "number of referencing and referenced columns for foreign key disagree");
        }
        for (int i = 0; i < columnIds.size(); i++) {
            checkTypes(name, table, columnIds.get(i), referenced, referencedIds.get(i));
        }
        return new ForeignKeyDescriptor(
                oid,
                name,
                columnIds,
                referenced.oid(),
                index.oid(),
                referencedIds,
                written.match() == Constraint.Match.FULL,
                action(written.onUpdate().kind()),
                action(written.onDelete().kind()),
                settable(written, table, columnIds));
    }

    private static void refuseUnsupported(Constraint.ForeignKey written) {
        if (written.deferral() != Constraint.Deferral.NOT_DEFERRABLE) {
            throw TableBuilder.unsupported("DEFERRABLE", written.position());
        }
        if (written.match() == Constraint.Match.PARTIAL) {
            throw new QuorateException(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "MATCH PARTIAL not yet implemented")
                    .withPosition(written.position());
        }
        if (!written.onUpdate().columns().isEmpty()) {
            throw new QuorateException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a column list with SET NULL is only supported for ON DELETE actions");
        }
    }

    private static List<Integer> ids(TableDescriptor table, List<String> names) {
        List<Integer> ids = new ArrayList<>();
        for (String name : names) {
            ColumnDescriptor column = table.column(name);
            if (column == null) {
                throw new QuorateException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "column \""
                                + name
                                + "\" referenced in foreign key constraint does not exist");
            }
            ids.add(column.id());
        }
        return ids;
    }

    private static List<String> primaryKey(TableDescriptor table) {
        if (table.hasHiddenRowId()) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "there is no primary key for referenced table \"" + table.name() + "\"");
        }
        List<String> names = new ArrayList<>();
        for (int position : table.positionsOf(table.primary())) {
            names.add(table.columns().get(position).name());
        }
        return names;
    }

    private static IndexDescriptor uniqueIndex(TableDescriptor table, List<Integer> columnIds) {
        if (new TreeSet<>(columnIds).size() < columnIds.size()) {
            throw new QuorateException(
                    ErrorCode.INVALID_FOREIGN_KEY,
                    "foreign key referenced-columns list must not contain duplicates");
        }
        for (IndexDescriptor index : table.indexes()) {
            if (index.unique()
                    && index.columnIds().size() == columnIds.size()
                    && index.columnIds().containsAll(columnIds)) {
                return index;
            }
        }
        throw new QuorateException(
                ErrorCode.INVALID_FOREIGN_KEY,
                "there is no unique constraint matching given keys for referenced table \""
                        + table.name()
                        + "\"");
    }

    /// A value must be comparable with the key it refers to by the key's own order.
    private static void checkTypes(
            String name,
            TableDescriptor table,
            int columnId,
            TableDescriptor referenced,
            int referencedId) {
        ColumnDescriptor from = table.columns().get(table.positionOf(columnId));
        ColumnDescriptor to = referenced.columns().get(referenced.positionOf(referencedId));
        boolean compatible =
                from.type().kind() == to.type().kind()
                        || (isInteger(from.type()) && isInteger(to.type()))
                        || Casts.find(from.type(), to.type(), CastContext.IMPLICIT) != null;
        if (!compatible) {
            throw new QuorateException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "foreign key constraint \"" + name + "\" cannot be implemented")
                    .withDetail(
                            "Key columns \""
                                    + from.name()
                                    + "\" and \""
                                    + to.name()
                                    + "\" are of incompatible types: "
                                    + from.type().withTypmod(-1).format()
                                    + " and "
                                    + to.type().withTypmod(-1).format()
                                    + ".");
        }
    }

    private static boolean isInteger(SqlType type) {
        TypeKind kind = type.kind();
        return kind == TypeKind.INT2 || kind == TypeKind.INT4 || kind == TypeKind.INT8;
    }

    private static Action action(ActionKind kind) {
        return switch (kind) {
            case NO_ACTION -> Action.NO_ACTION;
            case RESTRICT -> Action.RESTRICT;
            case CASCADE -> Action.CASCADE;
            case SET_NULL -> Action.SET_NULL;
            case SET_DEFAULT -> Action.SET_DEFAULT;
        };
    }

    private static List<Integer> settable(
            Constraint.ForeignKey written, TableDescriptor table, List<Integer> columnIds) {
        List<Integer> chosen =
                ids(table, written.onDelete().columns().stream().map(Name::text).toList());
        for (int i = 0; i < chosen.size(); i++) {
            if (!columnIds.contains(chosen.get(i))) {
                throw new QuorateException(
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "column \""
                                + written.onDelete().columns().get(i).text()
                                + "\" referenced in ON DELETE SET action must be part of foreign key");
            }
        }
        return chosen;
    }

    /// 23503 where a row refers to nothing.
    static void validate(
            ForeignKeyDescriptor key,
            TableDescriptor table,
            TableDescriptor referenced,
            DdlSession session) {
        @Nullable Object[] orphan = session.firstRow(orphans(key, table, referenced));
        if (orphan == null) {
            return;
        }
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        boolean hasNull = false;
        for (int i = 0; i < orphan.length; i++) {
            ColumnDescriptor column = table.columns().get(table.positionOf(key.columnIds().get(i)));
            Object value = orphan[i];
            names.add(column.name());
            hasNull |= value == null;
            values.add(
                    value == null
                            ? "null"
                            : TypeText.encode(column.type(), value, session.format()));
        }
        throw new QuorateException(
                        ErrorCode.FOREIGN_KEY_VIOLATION,
                        "insert or update on table \""
                                + table.name()
                                + "\" violates foreign key constraint \""
                                + key.name()
                                + "\"")
                .withDetail(
                        hasNull
                                ? "MATCH FULL does not allow mixing of null and nonnull key values."
                                : "Key ("
                                        + String.join(", ", names)
                                        + ")=("
                                        + String.join(", ", values)
                                        + ") is not present in table \""
                                        + referenced.name()
                                        + "\".")
                .withObject(ErrorObject.ofConstraint(table.schema(), table.name(), key.name()));
    }

    /// The query for a row that breaks the constraint.
    private static String orphans(
            ForeignKeyDescriptor key, TableDescriptor table, TableDescriptor referenced) {
        List<String> columns = new ArrayList<>();
        List<String> matches = new ArrayList<>();
        List<String> present = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        String found = "";
        for (int i = 0; i < key.columnIds().size(); i++) {
            String column = "c." + nameOf(table, key.columnIds().get(i));
            found = "p." + nameOf(referenced, key.referencedColumnIds().get(i));
            columns.add(column);
            matches.add(column + " = " + found);
            present.add(column + " IS NOT NULL");
            absent.add(column + " IS NULL");
        }
        String orphaned = "(" + String.join(" AND ", present) + " AND " + found + " IS NULL)";
        String mixed =
                "(("
                        + String.join(" OR ", present)
                        + ") AND ("
                        + String.join(" OR ", absent)
                        + "))";
        return "SELECT "
                + String.join(", ", columns)
                + " FROM "
                + Identifiers.quote(List.of(table.schema(), table.name()))
                + " c LEFT JOIN "
                + Identifiers.quote(List.of(referenced.schema(), referenced.name()))
                + " p ON "
                + String.join(" AND ", matches)
                + " WHERE "
                + (key.full() ? orphaned + " OR " + mixed : orphaned)
                + " LIMIT 1";
    }

    private static String nameOf(TableDescriptor table, int columnId) {
        return Identifiers.quote(table.columns().get(table.positionOf(columnId)).name());
    }
}
