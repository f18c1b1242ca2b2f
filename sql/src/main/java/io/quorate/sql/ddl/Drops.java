package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.ast.ObjectKind;
import io.quorate.sql.parse.ast.ObjectStatement.Drop;
import io.quorate.sql.parse.ast.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One DROP statement: finds what it names, then what depends on that, and takes away both or none.
final class Drops {
    private final Drop statement;
    private final DdlSession session;
    private final SchemaTransaction changes;
    private final Map<Long, TableDescriptor> tables = new LinkedHashMap<>();
    private final Map<Long, ViewDescriptor> views = new LinkedHashMap<>();
    private final Dependents dependents = new Dependents();

    Drops(Drop statement, DdlSession session) {
        this.statement = statement;
        this.session = session;
        this.changes = session.changes();
    }

    void run() {
        for (QualifiedName name : statement.names()) {
            boolean found =
                    switch (statement.kind()) {
                        case TABLE -> findTable(name);
                        case VIEW -> findView(name);
                        case INDEX -> dropIndex(name);
                        case SEQUENCE -> dropSequence(name);
                        case MATERIALIZED_VIEW, TYPE, DOMAIN, FUNCTION, TRIGGER -> false;
                        default ->
                                throw TableBuilder.unsupported(
                                        "DROP " + statement.kind().sql(), statement.position());
                    };
            if (!found) {
                missing(name);
            }
        }
        if (!tables.isEmpty() || !views.isEmpty()) {
            dropFound();
        }
    }

    private boolean findTable(QualifiedName name) {
        Relation found = find(name);
        if (found instanceof ViewDescriptor) {
            throw wrongKind(name, "table", "Use DROP VIEW to remove a view.");
        }
        TableDescriptor table = DdlExecutor.findTable(name, session);
        if (table != null) {
            tables.put(table.oid(), table);
        }
        return table != null;
    }

    private boolean findView(QualifiedName name) {
        Relation found = find(name);
        if (found instanceof TableDescriptor) {
            throw wrongKind(name, "view", "Use DROP TABLE to remove a table.");
        }
        if (found instanceof ViewDescriptor view) {
            views.put(view.oid(), view);
            return true;
        }
        return false;
    }

    private @Nullable Relation find(QualifiedName name) {
        return changes.known().find(ObjectNames.schemaOf(name), name.last(), session.searchPath());
    }

    private static QuorateException wrongKind(QualifiedName name, String kind, String hint) {
        return new QuorateException(
                        ErrorCode.WRONG_OBJECT_TYPE, "\"" + name.last() + "\" is not a " + kind)
                .withHint(hint);
    }

    private void dropFound() {
        Schema schema = changes.known();
        tables.values().forEach(table -> addDependents(table, schema));
        views.values().forEach(view -> addViews(view, "view " + view.name(), schema));
        dependents.judge(what(), statement.cascade(), session);
        List<TableDescriptor> referring = dependents.tables();
        changes.takeOver(referring, 0);
        dependents.drop(changes);
        tables.values().forEach(this::drop);
        views.values().forEach(changes::remove);
    }

    private void addDependents(TableDescriptor table, Schema schema) {
        for (Schema.Reference reference : schema.referencesTo(table)) {
            if (!tables.containsKey(reference.table().oid())) {
                dependents.add(reference, "table " + table.name());
            }
        }
        addViews(table, "table " + table.name(), schema);
    }

    private void addViews(Relation relation, String on, Schema schema) {
        for (ViewDescriptor view : ViewDependencies.readersOf(relation, schema, session)) {
            if (!views.containsKey(view.oid())) {
                dependents.add(view, on);
                addViews(view, "view " + view.name(), schema);
            }
        }
    }

    private String what() {
        if (tables.size() + views.size() > 1) {
            return "";
        }
        return tables.isEmpty()
                ? "view " + views.values().iterator().next().name()
                : "table " + tables.values().iterator().next().name();
    }

    private void drop(TableDescriptor table) {
        for (SequenceDescriptor sequence : List.copyOf(changes.open().sequences())) {
            if (sequence.ownerTable() == table.oid()) {
                remove(sequence);
            }
        }
        TableDescriptor now = changes.open().table(table.oid());
        if (now != null) {
            changes.remove(now);
        }
    }

    private void remove(SequenceDescriptor sequence) {
        changes.remove(sequence);
        changes.transaction().delete(Sequences.key(sequence));
    }

    private boolean dropIndex(QualifiedName name) {
        Schema schema = changes.known();
        TableDescriptor table =
                schema.findTableOfIndex(
                        ObjectNames.schemaOf(name), name.last(), session.searchPath());
        if (table == null) {
            return false;
        }
        IndexDescriptor index =
                table.indexes().stream()
                        .filter(each -> each.name().equals(name.last()))
                        .findFirst()
                        .orElseThrow();
        if (index.constraint() != null) {
            throw new QuorateException(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop index "
                                    + index.name()
                                    + " because constraint "
                                    + index.constraint()
                                    + " on table "
                                    + table.name()
                                    + " requires it")
                    .withHint(
                            "You can drop constraint "
                                    + index.constraint()
                                    + " on table "
                                    + table.name()
                                    + " instead.");
        }
        Dependents keys = ofIndex(table, index, schema);
        keys.judge("index " + index.name(), statement.cascade(), session);
        List<TableDescriptor> changed = new ArrayList<>(keys.tables());
        changed.add(table);
        changes.takeOver(changed, 0);
        keys.drop(changes);
        TableDescriptor now = changes.open().table(table.oid());
        if (now != null) {
            List<IndexDescriptor> rest = new ArrayList<>(now.secondary());
            rest.removeIf(each -> each.keyId() == index.keyId());
            changes.put(now.withSecondary(rest, now.nextIndexKeyId()));
        }
        return true;
    }

    /// The foreign keys that refer by an index.
    static Dependents ofIndex(TableDescriptor table, IndexDescriptor index, Schema schema) {
        Dependents found = new Dependents();
        for (Schema.Reference reference : schema.referencesTo(table)) {
            if (reference.key().referencedIndex() == index.oid()) {
                found.add(reference, "index " + index.name());
            }
        }
        return found;
    }

    private boolean dropSequence(QualifiedName name) {
        SequenceDescriptor sequence =
                changes.open()
                        .findSequence(
                                ObjectNames.schemaOf(name), name.last(), session.searchPath());
        if (sequence == null) {
            return false;
        }
        for (TableDescriptor table : changes.open().tables()) {
            for (ColumnDescriptor column : table.columns()) {
                if (Renames.uses(column, Renames.spellings(sequence))) {
                    throw inUse(sequence, table, column);
                }
            }
        }
        remove(sequence);
        return true;
    }

    private QuorateException inUse(
            SequenceDescriptor sequence, TableDescriptor table, ColumnDescriptor column) {
        if (statement.cascade()) {
            return TableBuilder.unsupported(
                    "DROP SEQUENCE … CASCADE of one that a default uses", statement.position());
        }
        return new QuorateException(
                        ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                        "cannot drop sequence "
                                + sequence.name()
                                + " because other objects depend on it")
                .withDetail(
                        "default value for column "
                                + column.name()
                                + " of table "
                                + table.name()
                                + " depends on sequence "
                                + sequence.name())
                .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
    }

    private void missing(QualifiedName name) {
        String kind = statement.kind().sql().toLowerCase(Locale.ROOT);
        String message = kind + " \"" + name.last() + "\" does not exist";
        if (!statement.ifExists()) {
            boolean isRelation =
                    Set.of(
                                    ObjectKind.TABLE,
                                    ObjectKind.VIEW,
                                    ObjectKind.MATERIALIZED_VIEW,
                                    ObjectKind.SEQUENCE)
                            .contains(statement.kind());
            throw new QuorateException(
                    isRelation ? ErrorCode.UNDEFINED_TABLE : ErrorCode.UNDEFINED_OBJECT, message);
        }
        session.notice("00000", message + ", skipping");
    }
}
