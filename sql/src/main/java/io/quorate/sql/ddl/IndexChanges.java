package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.parse.ast.TableStatement.CreateIndex;
import io.quorate.sql.parse.ast.TableStatement.IndexElement;
import io.quorate.tso.api.ClusterMeta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CREATE INDEX, and the indexes behind ADD PRIMARY KEY, ADD UNIQUE and TRUNCATE.
final class IndexChanges {
    private final SchemaManager manager;
    private final ClusterMeta meta;

    IndexChanges(SchemaManager manager, ClusterMeta meta) {
        this.manager = manager;
        this.meta = meta;
    }

    void create(CreateIndex statement, TableDescriptor found, DdlSession session) {
        refuseUnsupported(statement, session);
        StorageHints.accept(statement.storage(), statement.tablespace(), session);
        SchemaTransaction changes = session.changes();
        List<String> columns = columnNames(statement.elements(), found);
        Name written = statement.name();
        if (written != null && isTaken(changes, found, written.text())) {
            if (statement.ifNotExists()) {
                session.notice(
                        "42P07", "relation \"" + written.text() + "\" already exists, skipping");
                return;
            }
            throw new QuorateException(
                    ErrorCode.DUPLICATE_TABLE,
                    "relation \"" + written.text() + "\" already exists");
        }
        changes.takeOver(List.of(found), 1);
        TableDescriptor table = current(changes, found);
        String name =
                written != null
                        ? written.text()
                        : new ObjectNames(changes.open())
                                .choose(
                                        table.schema(),
                                        table.name(),
                                        String.join("_", columns),
                                        "idx");
        List<Integer> ids = new ArrayList<>();
        for (String column : columns) {
            ids.add(columnOf(table, column).id());
        }
        add(
                changes,
                table,
                new IndexDescriptor(
                        meta.allocateIds(1),
                        table.nextIndexKeyId(),
                        name,
                        statement.unique(),
                        false,
                        ids,
                        null));
    }

    /// ADD UNIQUE.
    void addUnique(
            TableBuilder builder, TableBuilder.Key key, TableDescriptor found, DdlSession session) {
        SchemaTransaction changes = session.changes();
        changes.takeOver(List.of(found), 1);
        TableDescriptor table = current(changes, found);
        add(changes, table, builder.index(key, table.nextIndexKeyId(), table.columns()));
    }

    /// ADD PRIMARY KEY: the rows move under a new primary index, and with them every reference to
    /// them in the other indexes.
    void addPrimaryKey(
            TableBuilder builder, TableBuilder.Key key, TableDescriptor found, DdlSession session) {
        if (!found.hasHiddenRowId()) {
            throw new QuorateException(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "multiple primary keys for table \""
                                    + found.name()
                                    + "\" are not allowed")
                    .withPosition(key.position());
        }
        SchemaTransaction changes = session.changes();
        changes.takeOver(List.of(found), 1 + found.secondary().size());
        TableDescriptor before = current(changes, found);
        int keyId = before.nextIndexKeyId();
        List<ColumnDescriptor> columns = new ArrayList<>(before.columns());
        columns.replaceAll(column ->
                key.columns().contains(column.name()) ? column.withNotNull(true) : column);
        TableDescriptor after =
                before.withColumns(columns, before.nextColumnId())
                        .withPrimary(builder.index(key, keyId, columns));
        after =
                after.withSecondary(
                        renumbered(before.secondary(), keyId + 1),
                        keyId + 1 + before.secondary().size());
        new Backfill(manager, changes.transaction()).rewrite(before, after);
        changes.put(after);
    }

    /// An empty table under new index numbers.
    static TableDescriptor emptied(TableDescriptor table) {
        int keyId = table.nextIndexKeyId();
        IndexDescriptor primary = renumber(table.primary(), keyId);
        return table.withPrimary(primary)
                .withSecondary(
                        renumbered(table.secondary(), keyId + 1),
                        keyId + 1 + table.secondary().size());
    }

    private void add(SchemaTransaction changes, TableDescriptor table, IndexDescriptor index) {
        new Backfill(manager, changes.transaction()).index(table, index);
        List<IndexDescriptor> secondary = new ArrayList<>(table.secondary());
        secondary.add(index);
        changes.put(table.withSecondary(secondary, table.nextIndexKeyId() + 1));
    }

    private static TableDescriptor current(SchemaTransaction changes, TableDescriptor found) {
        TableDescriptor table = changes.open().table(found.oid());
        if (table == null) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_TABLE, "relation \"" + found.name() + "\" does not exist");
        }
        return table;
    }

    private static boolean isTaken(SchemaTransaction changes, TableDescriptor table, String name) {
        return changes.working() != null && changes.open().isTaken(table.schema(), name);
    }

    private static List<IndexDescriptor> renumbered(List<IndexDescriptor> indexes, int firstKeyId) {
        List<IndexDescriptor> renumbered = new ArrayList<>();
        for (int i = 0; i < indexes.size(); i++) {
            renumbered.add(renumber(indexes.get(i), firstKeyId + i));
        }
        return renumbered;
    }

    private static IndexDescriptor renumber(IndexDescriptor index, int keyId) {
        return new IndexDescriptor(
                index.oid(),
                keyId,
                index.name(),
                index.unique(),
                index.primary(),
                index.columnIds(),
                index.constraint());
    }

    private static List<String> columnNames(List<IndexElement> elements, TableDescriptor table) {
        List<String> names = new ArrayList<>();
        for (IndexElement element : elements) {
            if (!(element.expression() instanceof Expression.ColumnReference column)
                    || column.parts().size() != 1) {
                throw TableBuilder.unsupported("an index on an expression", element.position());
            }
            columnOf(table, column.last());
            names.add(column.last());
        }
        return names;
    }

    static ColumnDescriptor columnOf(TableDescriptor table, String name) {
        @Nullable ColumnDescriptor column = table.column(name);
        if (column == null) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
        }
        return column;
    }

    private static void refuseUnsupported(CreateIndex statement, DdlSession session) {
        if (statement.where() != null) {
            throw TableBuilder.unsupported("a partial index", statement.position());
        }
        if (!statement.include().isEmpty()) {
            throw TableBuilder.unsupported("INCLUDE", statement.position());
        }
        if (statement.nullsNotDistinct()) {
            throw TableBuilder.unsupported("NULLS NOT DISTINCT", statement.position());
        }
        if (!statement.method().equals("btree")) {
            throw TableBuilder.unsupported(
                    "access method \"" + statement.method() + "\"", statement.position());
        }
        for (IndexElement element : statement.elements()) {
            if (element.collation() != null && !element.collation().last().equals("C")) {
                throw TableBuilder.unsupported("COLLATE in an index", element.position());
            }
            if (element.direction() == SortItem.Direction.DESCENDING
                    || element.nulls() == SortItem.Nulls.FIRST) {
                session.notice("01000", "the order of an index's column has no effect");
            }
        }
    }
}
