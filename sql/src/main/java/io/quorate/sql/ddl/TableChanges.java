package io.quorate.sql.ddl;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.AlterAction;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.row.Keys;
import io.quorate.sql.type.ValueEncoding;
import io.quorate.tso.api.ClusterMeta;
import io.quorate.txn.api.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The actions of ALTER TABLE, one at a time.
final class TableChanges {
    private final ClusterMeta meta;
    private final ConstraintChanges constraints;
    private final RegionAdmin regions;

    TableChanges(ClusterMeta meta, IndexChanges indexes, RegionAdmin regions) {
        this.meta = meta;
        this.constraints = new ConstraintChanges(indexes);
        this.regions = regions;
    }

    void apply(AlterAction action, TableDescriptor table, DdlSession session) {
        switch (action) {
            case AlterAction.AddColumn add -> addColumn(add, table, session);
            case AlterAction.DropColumn drop -> dropColumn(drop, table, session);
            case AlterAction.AddConstraint add ->
                    constraints.add(
                            add, builder(session.changes(), table, session), table, session);
            case AlterAction.DropConstraint drop -> ConstraintChanges.drop(drop, table, session);
            case AlterAction.RenameConstraint rename ->
                    ConstraintChanges.rename(rename, table, session);
            case AlterAction.SetDefault set ->
                    ColumnChanges.changeDefault(set.column().text(), set.value(), table, session);
            case AlterAction.DropDefault drop ->
                    ColumnChanges.changeDefault(drop.column().text(), null, table, session);
            case AlterAction.SetNotNull set ->
                    ColumnChanges.setNotNull(set.column().text(), table, session);
            case AlterAction.DropNotNull drop ->
                    ColumnChanges.dropNotNull(drop.column().text(), table, session);
            case AlterAction.RenameColumn rename -> ColumnChanges.rename(rename, table, session);
            case AlterAction.RenameTo rename ->
                    throw Check.unreachable("a renaming is none of a table alone");
            case AlterAction.SetSchema set -> Renames.setSchema(set.schema());
            case AlterAction.SplitAt split -> regions.split(table, split.keys(), session);
            case AlterAction.Scatter _ -> regions.scatter(table);
            case AlterAction.TransferLeader transfer ->
                    regions.transfer(table, transfer.key(), (int) transfer.node(), session);
            case AlterAction.SetStorage set -> StorageHints.accept(set.options(), null, session);
            case AlterAction.ResetStorage reset ->
                    StorageHints.accept(reset.options(), null, session);
            case AlterAction.SetTablespace set ->
                    StorageHints.accept(List.of(), set.tablespace(), session);
            case AlterAction.SetLogged _ -> session.notice("01000", "every table is logged");
            case AlterAction.ColumnHint hint ->
                    session.notice("01000", "\"" + hint.hint() + "\" has no effect");
            case AlterAction.OwnerTo _ -> {
                // There is one role, which owns everything.
            }
            case AlterAction.AlterType _,
                    AlterAction.DropExpression _,
                    AlterAction.AddIdentity _,
                    AlterAction.SetIdentity _,
                    AlterAction.DropIdentity _,
                    AlterAction.AlterConstraint _,
                    AlterAction.ValidateConstraint _,
                    AlterAction.AttachPartition _,
                    AlterAction.DetachPartition _,
                    AlterAction.AttachIndex _,
                    AlterAction.Unsupported _ ->
                    throw TableBuilder.unsupported("this form of ALTER TABLE", action.position());
        }
    }

    private void addColumn(AlterAction.AddColumn add, TableDescriptor found, DdlSession session) {
        String name = add.column().name().text();
        if (found.column(name) != null) {
            String message =
                    "column \"" + name + "\" of relation \"" + found.name() + "\" already exists";
            if (add.ifNotExists()) {
                session.notice("42701", message + ", skipping");
                return;
            }
            throw new QuorateException(ErrorCode.DUPLICATE_COLUMN, message)
                    .withPosition(add.column().position());
        }
        SchemaTransaction changes = session.changes();
        List<TableDescriptor> concerned = DdlExecutor.referencedTables(add, session);
        concerned.add(found);
        changes.takeOver(concerned, 0);
        TableDescriptor table = current(changes, found);
        TableBuilder builder = builder(changes, table, session);
        builder.column(add.column());
        ColumnDescriptor column = withMissing(builder.columns().getFirst(), add, table, session);
        List<ColumnDescriptor> columns = new ArrayList<>(table.columns());
        columns.add(column);
        List<CheckDescriptor> checks = new ArrayList<>(table.checks());
        checks.addAll(builder.buildChecks());
        TableDescriptor changed =
                table.withColumns(columns, builder.nextColumnId()).withChecks(checks);
        builder.sequences().forEach(changes::put);
        changes.put(changed);
        builder.checkConditions().forEach(check -> session.checkCondition(changed, check));
        for (TableBuilder.Key key : builder.keys()) {
            constraints.addKey(builder, key, changed, session);
        }
        addReferences(add, builder, current(changes, found), session);
    }

    private static void addReferences(
            AlterAction.AddColumn add,
            TableBuilder builder,
            TableDescriptor table,
            DdlSession session) {
        for (Constraint constraint : add.column().constraints()) {
            if (constraint instanceof Constraint.ForeignKey key) {
                ConstraintChanges.addReference(key, builder, table, session);
            }
        }
    }

    /// Rows written before have the default as of now.
    private static ColumnDescriptor withMissing(
            ColumnDescriptor column,
            AlterAction.AddColumn add,
            TableDescriptor table,
            DdlSession session) {
        Expression value = null;
        for (Constraint constraint : add.column().constraints()) {
            if (constraint instanceof Constraint.Default given) {
                value = given.value();
            }
        }
        boolean hasRows = hasRows(table, session.changes().transaction());
        boolean volatileDefault =
                value == null ? column.defaultSql() != null : !session.isConstant(value);
        if (hasRows && volatileDefault) {
            throw new QuorateException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "adding a column whose default differs from row to row to a table with"
                                    + " rows is not supported yet")
                    .withHint("Add the column without a default, UPDATE it, then set the default.");
        }
        Object missing =
                value == null || volatileDefault ? null : session.evaluate(value, column.type());
        if (hasRows && column.notNull() && missing == null) {
            throw new QuorateException(
                    ErrorCode.NOT_NULL_VIOLATION,
                    "column \""
                            + column.name()
                            + "\" of relation \""
                            + table.name()
                            + "\" contains null values");
        }
        return new ColumnDescriptor(
                column.id(),
                column.name(),
                column.type(),
                column.notNull(),
                column.defaultSql(),
                column.identity(),
                encoded(column, missing));
    }

    private static @Nullable ByteSlice encoded(ColumnDescriptor column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        ByteWriter out = new ByteWriter(16);
        ValueEncoding.encode(column.type(), value, out);
        return out.toSlice();
    }

    private static boolean hasRows(TableDescriptor table, Transaction transaction) {
        try (Transaction.RowCursor cursor =
                transaction.scan(Keys.ofIndex(table, table.primary()), false, 1)) {
            return cursor.next() != null;
        }
    }

    private static void dropColumn(
            AlterAction.DropColumn drop, TableDescriptor found, DdlSession session) {
        String name = drop.column().text();
        if (found.column(name) == null) {
            String message =
                    "column \"" + name + "\" of relation \"" + found.name() + "\" does not exist";
            if (drop.ifExists()) {
                session.notice("00000", message + ", skipping");
                return;
            }
            throw new QuorateException(ErrorCode.UNDEFINED_COLUMN, message);
        }
        SchemaTransaction changes = session.changes();
        Dependents dependents = dependentsOf(found, name, changes.known(), session);
        dependents.judge("column " + name + " of table " + found.name(), drop.cascade(), session);
        List<TableDescriptor> changed = new ArrayList<>(dependents.tables());
        changed.add(found);
        changes.takeOver(changed, 0);
        dependents.drop(changes);
        TableDescriptor table = current(changes, found);
        ColumnDescriptor column = IndexChanges.columnOf(table, name);
        if (table.primary().columnIds().contains(column.id())) {
            throw new QuorateException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "dropping column \"" + name + "\" of the primary key is not supported yet");
        }
        List<CheckDescriptor> checks = new ArrayList<>();
        for (CheckDescriptor check : table.checks()) {
            if (!StoredExpressions.namesColumn(check.expressionSql(), name)) {
                checks.add(check);
            }
        }
        List<ForeignKeyDescriptor> keys = new ArrayList<>(table.foreignKeys());
        keys.removeIf(key -> key.columnIds().contains(column.id()));
        List<ColumnDescriptor> columns = new ArrayList<>(table.columns());
        columns.remove(column);
        List<IndexDescriptor> secondary = new ArrayList<>(table.secondary());
        secondary.removeIf(index -> index.columnIds().contains(column.id()));
        for (SequenceDescriptor sequence : List.copyOf(changes.open().sequences())) {
            if (sequence.ownerTable() == table.oid() && sequence.ownerColumn() == column.id()) {
                changes.remove(sequence);
            }
        }
        changes.put(
                table.withColumns(columns, table.nextColumnId())
                        .withSecondary(secondary, table.nextIndexKeyId())
                        .withChecks(checks)
                        .withForeignKeys(keys));
    }

    /// What else a column of that name takes with it: foreign keys that refer to it, and views.
    private static Dependents dependentsOf(
            TableDescriptor table, String name, Schema schema, DdlSession session) {
        int columnId = IndexChanges.columnOf(table, name).id();
        String on = "column " + name + " of table " + table.name();
        Dependents dependents = new Dependents();
        for (Schema.Reference reference : schema.referencesTo(table)) {
            if (reference.key().referencedColumnIds().contains(columnId)) {
                dependents.add(reference, on);
            }
        }
        ViewDependencies.addReadersOfColumn(table, name, on, schema, session, dependents);
        return dependents;
    }

    private TableBuilder builder(
            SchemaTransaction changes, TableDescriptor table, DdlSession session) {
        return new TableBuilder(
                session,
                meta,
                changes.known(),
                table.schema(),
                table.name(),
                table.oid(),
                table.nextColumnId());
    }

    static TableDescriptor current(SchemaTransaction changes, TableDescriptor found) {
        TableDescriptor table = changes.open().table(found.oid());
        if (table == null) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_TABLE, "relation \"" + found.name() + "\" does not exist");
        }
        return table;
    }
}
