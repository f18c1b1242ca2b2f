package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.ast.AlterAction;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.ObjectKind;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.print.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// ALTER … RENAME TO and SET SCHEMA, of whatever kind of relation.
final class Renames {
    private Renames() {}

    /// RENAME TO; false where there is no relation of that name. As in PostgreSQL, ALTER TABLE takes
    /// any kind, and ALTER INDEX a table.
    static boolean rename(
            ObjectKind kind, QualifiedName name, AlterAction.RenameTo rename, DdlSession session) {
        Schema schema = session.changes().known();
        String schemaName = ObjectNames.schemaOf(name);
        String to = rename.name().text();
        TableDescriptor indexed =
                schema.findTableOfIndex(schemaName, name.last(), session.searchPath());
        SequenceDescriptor sequence =
                schema.findSequence(schemaName, name.last(), session.searchPath());
        Relation relation = schema.find(schemaName, name.last(), session.searchPath());
        if (relation instanceof TableDescriptor table) {
            refuseKind(kind, name, ObjectKind.TABLE);
            renameTable(table, to, session);
        } else if (relation instanceof ViewDescriptor view) {
            refuseKind(kind, name, ObjectKind.VIEW);
            renameView(view, to, session);
        } else if (indexed != null) {
            refuseKind(kind, name, ObjectKind.INDEX);
            renameIndex(indexed, name.last(), to, session);
        } else if (sequence != null) {
            refuseKind(kind, name, ObjectKind.SEQUENCE);
            renameSequence(sequence, to, session);
        } else {
            return false;
        }
        return true;
    }

    /// SET SCHEMA: there is one schema for users.
    static void setSchema(Name schema) {
        if (!schema.text().equals(Schema.PUBLIC)) {
            throw new QuorateException(
                    ErrorCode.INVALID_SCHEMA_NAME,
                    "schema \"" + schema.text() + "\" does not exist");
        }
    }

    private static void refuseKind(ObjectKind written, QualifiedName name, ObjectKind actual) {
        boolean fits =
                written == actual
                        || written == ObjectKind.TABLE
                        || (written == ObjectKind.INDEX && actual == ObjectKind.TABLE);
        if (!fits) {
            String article = written == ObjectKind.INDEX ? "an " : "a ";
            throw new QuorateException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "\""
                            + name.last()
                            + "\" is not "
                            + article
                            + written.sql().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static void renameTable(TableDescriptor found, String to, DdlSession session) {
        SchemaTransaction changes = session.changes();
        refuseTaken(changes.known(), found.schema(), to);
        ViewDependencies.refuseRename(changes.known(), found, session);
        changes.takeOver(List.of(found), 0);
        refuseTaken(changes.open(), found.schema(), to);
        changes.put(TableChanges.current(changes, found).withName(to));
    }

    private static void renameView(ViewDescriptor view, String to, DdlSession session) {
        SchemaTransaction changes = session.changes();
        refuseTaken(changes.open(), view.schema(), to);
        ViewDependencies.refuseRename(changes.open(), view, session);
        changes.put(view.withName(to));
    }

    private static void renameIndex(
            TableDescriptor found, String from, String to, DdlSession session) {
        SchemaTransaction changes = session.changes();
        refuseTaken(changes.known(), found.schema(), to);
        changes.takeOver(List.of(found), 0);
        TableDescriptor table = TableChanges.current(changes, found);
        changes.put(ConstraintChanges.renamedIndex(table, from, to));
    }

    /// Defaults name their sequence, and follow.
    private static void renameSequence(SequenceDescriptor found, String to, DdlSession session) {
        SchemaTransaction changes = session.changes();
        refuseTaken(changes.known(), found.schema(), to);
        Set<String> names = spellings(found);
        List<TableDescriptor> users = new ArrayList<>();
        for (TableDescriptor table : changes.known().tables()) {
            if (table.columns().stream().anyMatch(column -> uses(column, names))) {
                users.add(table);
            }
        }
        changes.takeOver(users, 0);
        SequenceDescriptor renamed = found.withName(to);
        String spelled = Identifiers.quote(List.of(renamed.schema(), renamed.name()));
        for (TableDescriptor user : users) {
            TableDescriptor table = TableChanges.current(changes, user);
            List<ColumnDescriptor> columns = new ArrayList<>(table.columns());
            columns.replaceAll(column -> renamedDefault(column, names, spelled));
            changes.put(table.withColumns(columns, table.nextColumnId()));
        }
        changes.put(renamed);
    }

    private static ColumnDescriptor renamedDefault(
            ColumnDescriptor column, Set<String> names, String to) {
        String sql = column.defaultSql();
        return sql == null || !uses(column, names)
                ? column
                : column.withDefault(StoredExpressions.withLiteral(sql, names, to));
    }

    static boolean uses(ColumnDescriptor column, Set<String> sequenceNames) {
        String sql = column.defaultSql();
        return sql != null && StoredExpressions.hasLiteral(sql, sequenceNames);
    }

    /// How a default may name a sequence.
    static Set<String> spellings(SequenceDescriptor sequence) {
        return Set.of(
                Identifiers.quote(List.of(sequence.schema(), sequence.name())),
                Identifiers.quote(sequence.name()));
    }

    private static void refuseTaken(Schema schema, String schemaName, String name) {
        if (schema.isTaken(schemaName, name)) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
        }
    }
}
