package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.ErrorObject;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.AlterAction;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.print.Identifiers;
import java.util.ArrayList;
import java.util.List;

/// ALTER TABLE … ADD, DROP and RENAME CONSTRAINT.
final class ConstraintChanges {
    private final IndexChanges indexes;

    ConstraintChanges(IndexChanges indexes) {
        this.indexes = indexes;
    }

    void add(
            AlterAction.AddConstraint add,
            TableBuilder builder,
            TableDescriptor table,
            DdlSession session) {
        if (add.constraint() instanceof Constraint.Check check && check.notValid()) {
            throw TableBuilder.unsupported("NOT VALID", check.position());
        }
        if (add.constraint().name() != null) {
            refuseTaken(table, add.constraint().name().text());
        }
        builder.constraint(add.constraint());
        for (TableBuilder.Key key : builder.keys()) {
            addKey(builder, key, table, session);
        }
        addChecks(builder, table, session);
        if (add.constraint() instanceof Constraint.ForeignKey key) {
            addReference(key, builder, table, session);
        }
    }

    /// Rows that are there must refer to something.
    static void addReference(
            Constraint.ForeignKey written,
            TableBuilder builder,
            TableDescriptor found,
            DdlSession session) {
        if (written.notValid()) {
            throw TableBuilder.unsupported("NOT VALID", written.position());
        }
        SchemaTransaction changes = session.changes();
        TableDescriptor target = ForeignKeys.referenced(written, found, changes.known(), session);
        changes.takeOver(List.of(found, target), 0);
        TableDescriptor table = TableChanges.current(changes, found);
        List<ForeignKeyDescriptor> keys = new ArrayList<>(table.foreignKeys());
        for (ForeignKeyDescriptor key : builder.buildReferences(table, changes.open())) {
            ForeignKeys.validate(key, table, TableChanges.current(changes, target), session);
            keys.add(key);
        }
        changes.put(table.withForeignKeys(keys));
    }

    void addKey(
            TableBuilder builder, TableBuilder.Key key, TableDescriptor table, DdlSession session) {
        if (key.primary()) {
            indexes.addPrimaryKey(builder, key, table, session);
        } else {
            indexes.addUnique(builder, key, table, session);
        }
    }

    /// Rows that are there must fulfil a new CHECK.
    private static void addChecks(TableBuilder builder, TableDescriptor found, DdlSession session) {
        if (builder.checkConditions().isEmpty()) {
            return;
        }
        SchemaTransaction changes = session.changes();
        changes.takeOver(List.of(found), 0);
        TableDescriptor table = TableChanges.current(changes, found);
        builder.checkConditions().forEach(condition -> session.checkCondition(table, condition));
        List<CheckDescriptor> checks = new ArrayList<>(table.checks());
        for (CheckDescriptor check : builder.buildChecks()) {
            validate(check, table, session);
            checks.add(check);
        }
        changes.put(table.withChecks(checks));
    }

    private static void validate(CheckDescriptor check, TableDescriptor table, DdlSession session) {
        String sql =
                "SELECT 1 FROM "
                        + Identifiers.quote(List.of(table.schema(), table.name()))
                        + " WHERE NOT ("
                        + check.expressionSql()
                        + ") LIMIT 1";
        if (session.firstRow(sql) != null) {
            throw new QuorateException(
                            ErrorCode.CHECK_VIOLATION,
                            "check constraint \""
                                    + check.name()
                                    + "\" of relation \""
                                    + table.name()
                                    + "\" is violated by some row")
                    .withObject(
                            ErrorObject.ofConstraint(table.schema(), table.name(), check.name()));
        }
    }

    static void drop(AlterAction.DropConstraint drop, TableDescriptor found, DdlSession session) {
        String name = drop.name().text();
        if (!hasConstraint(found, name)) {
            String message =
                    "constraint \""
                            + name
                            + "\" of relation \""
                            + found.name()
                            + "\" does not exist";
            if (!drop.ifExists()) {
                throw new QuorateException(ErrorCode.UNDEFINED_OBJECT, message);
            }
            session.notice("00000", message + ", skipping");
            return;
        }
        SchemaTransaction changes = session.changes();
        Dependents dependents = new Dependents();
        for (IndexDescriptor index : found.indexes()) {
            if (name.equals(index.constraint())) {
                dependents = Drops.ofIndex(found, index, changes.known());
            }
        }
        dependents.judge(
                "constraint " + name + " on table " + found.name(), drop.cascade(), session);
        if (name.equals(found.primary().constraint())) {
            throw TableBuilder.unsupported("dropping a primary key", drop.position());
        }
        List<TableDescriptor> changed = new ArrayList<>(dependents.tables());
        changed.add(found);
        changes.takeOver(changed, 0);
        dependents.drop(changes);
        TableDescriptor table = TableChanges.current(changes, found);
        List<ForeignKeyDescriptor> keys = new ArrayList<>(table.foreignKeys());
        keys.removeIf(key -> key.name().equals(name));
        List<CheckDescriptor> checks = new ArrayList<>(table.checks());
        checks.removeIf(check -> check.name().equals(name));
        List<IndexDescriptor> secondary = new ArrayList<>(table.secondary());
        secondary.removeIf(index -> name.equals(index.constraint()));
        changes.put(
                table.withSecondary(secondary, table.nextIndexKeyId())
                        .withChecks(checks)
                        .withForeignKeys(keys));
    }

    /// The index behind a key goes by the key's name.
    static void rename(
            AlterAction.RenameConstraint rename, TableDescriptor found, DdlSession session) {
        String from = rename.from().text();
        String to = rename.to().text();
        if (!hasConstraint(found, from)) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "constraint \""
                            + from
                            + "\" for table \""
                            + found.name()
                            + "\" does not exist");
        }
        refuseTaken(found, to);
        SchemaTransaction changes = session.changes();
        boolean isKey = found.indexes().stream().anyMatch(index -> from.equals(index.constraint()));
        if (isKey && changes.known().isTaken(found.schema(), to)) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_TABLE, "relation \"" + to + "\" already exists");
        }
        changes.takeOver(List.of(found), 0);
        TableDescriptor table = TableChanges.current(changes, found);
        List<CheckDescriptor> checks = new ArrayList<>(table.checks());
        checks.replaceAll(check ->
                check.name().equals(from)
                        ? new CheckDescriptor(check.oid(), to, check.expressionSql())
                        : check);
        List<ForeignKeyDescriptor> keys = new ArrayList<>(table.foreignKeys());
        keys.replaceAll(key -> key.name().equals(from) ? key.withName(to) : key);
        changes.put(renamedIndex(table, from, to).withChecks(checks).withForeignKeys(keys));
    }

    /// With the index of that name, and the constraint it serves, under another name.
    static TableDescriptor renamedIndex(TableDescriptor table, String from, String to) {
        IndexDescriptor primary = table.primary();
        TableDescriptor renamed =
                primary.name().equals(from) ? table.withPrimary(primary.withName(to)) : table;
        List<IndexDescriptor> secondary = new ArrayList<>(table.secondary());
        secondary.replaceAll(index -> index.name().equals(from) ? index.withName(to) : index);
        return renamed.withSecondary(secondary, table.nextIndexKeyId());
    }

    static boolean hasConstraint(TableDescriptor table, String name) {
        return table.checks().stream().anyMatch(check -> check.name().equals(name))
                || table.foreignKeys().stream().anyMatch(key -> key.name().equals(name))
                || table.indexes().stream().anyMatch(index -> name.equals(index.constraint()));
    }

    private static void refuseTaken(TableDescriptor table, String name) {
        if (hasConstraint(table, name)) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_OBJECT,
                    "constraint \""
                            + name
                            + "\" for relation \""
                            + table.name()
                            + "\" already exists");
        }
    }
}
